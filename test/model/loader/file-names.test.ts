import { expect } from 'chai';
import { fileNameIn, FileNames } from '#dist/model/loader/file-names.js';

describe('fileNameIn', () => {
  it('returns the decoded last segment of the path', () => {
    expect(fileNameIn('https://a.example/b/c.bin?d=/e#f')).to.equal('c.bin');
    expect(fileNameIn('/b/my%20model.bin')).to.equal('my model.bin');
    expect(fileNameIn('https://a.example/b/')).to.equal('b');
  });

  it('keeps an invalid escape sequence', () => {
    expect(fileNameIn('/100%.bin')).to.equal('100%.bin');
  });

  it('returns an address without a segment unchanged', () => {
    expect(fileNameIn('')).to.equal('');
  });
});

describe('FileNames', () => {
  it('adds segments to a name that another file has', () => {
    const names = new FileNames();
    expect(names.of('https://a.example/x/model.bin')).to.equal('model.bin');
    expect(names.of('https://a.example/y/model.bin')).to.equal('y/model.bin');
    expect(names.of('https://b.example/y/model.bin')).to.equal('b.example/y/model.bin');
  });

  it('keeps the name of an address, whatever its fragment', () => {
    const names = new FileNames();
    names.of('https://a.example/x/model.bin');
    expect(names.of('https://a.example/y/model.bin')).to.equal('y/model.bin');
    expect(names.of('https://a.example/y/model.bin#part')).to.equal('y/model.bin');
    expect(names.of('https://a.example/x/model.bin')).to.equal('model.bin');
  });

  it('distinguishes queries by the whole address', () => {
    const names = new FileNames();
    expect(names.of('https://a.example/file?id=1')).to.equal('file');
    expect(names.of('https://a.example/file?id=2')).to.equal('a.example/file');
    expect(names.of('https://a.example/file?id=3')).to.equal('https://a.example/file?id=3');
  });

  it('prefers the longest planned name', () => {
    const names = new FileNames(['model.bin', 'x/model.bin', 'other.bin']);
    expect(names.of('https://a.example/x/model.bin')).to.equal('x/model.bin');
    expect(names.of('https://a.example/y/model.bin')).to.equal('model.bin');
    expect(names.of('https://a.example/z/model.bin')).to.equal('z/model.bin');
  });
});
