import { expect } from 'chai';
import { parseLoadEvent, readPlan, readSizes } from '#dist/core/progress/progress-event.js';

const about = { name: 'org/model', file: 'onnx/model.onnx' };

/** Values that are no number of bytes. */
const NO_BYTES = [undefined, null, NaN, -1, Infinity, 1e300, '5', [], true];

/** An object that throws at every access. */
const trap = (): object =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('a getter of the page');
      },
      ownKeys: () => {
        throw new Error('a trap of the page');
      },
    },
  );

describe('parseLoadEvent', () => {
  it('ignores values that are no objects, and objects whose getters throw', () => {
    for (const value of [undefined, null, 7, 'done', Symbol('done'), trap()]) expect(parseLoadEvent(value)).to.equal(undefined);
  });

  it('ignores an unknown status', () => {
    for (const status of [undefined, null, '', 'DONE', 'error', 'toString', 3]) {
      expect(parseLoadEvent({ status, ...about })).to.equal(undefined);
    }
  });

  describe('for an event about one file', () => {
    for (const status of ['initiate', 'download', 'done'] as const) {
      it(`reads the model and the file of ${status}, and nothing else`, () => {
        expect(parseLoadEvent({ status, ...about, loaded: 5, extra: true })).to.deep.equal({ status, ...about });
      });
    }

    it('requires a file', () => {
      for (const status of ['initiate', 'download', 'progress', 'done', 'transfer']) {
        for (const file of [undefined, null, '', '/', 5, ['a.json']]) {
          const event = { status, name: 'm', file, loaded: 1, stored: 0, total: 2, phase: 'receiving' };
          expect(parseLoadEvent(event), `${status} ${String(file)}`).to.equal(undefined);
        }
      }
    });

    it('has an empty name for a name that is no text', () => {
      for (const name of [undefined, null, 5, {}]) expect(parseLoadEvent({ status: 'done', name, file: 'a' })).to.include({ name: '' });
    });

    it('removes the slashes that an empty subfolder leaves at the start, and no others', () => {
      const fileOf = (file: string): unknown => (parseLoadEvent({ status: 'done', name: '', file }) as { file: string }).file;
      expect(fileOf('/config.json')).to.equal('config.json');
      expect(fileOf('//onnx//model.onnx/')).to.equal('onnx//model.onnx/');
      expect(fileOf('./a.json')).to.equal('./a.json');
    });

    it('keeps markup and very long names as they are', () => {
      const file = `<img src=x onerror=alert(1)>${'x'.repeat(10_000)}`;
      expect(parseLoadEvent({ status: 'done', name: file, file })).to.deep.equal({ status: 'done', name: file, file });
    });
  });

  describe('for progress', () => {
    const progress = (fields: object): unknown => parseLoadEvent({ status: 'progress', ...about, ...fields });

    it('reads whole bytes', () => {
      expect(progress({ loaded: 5.9, total: 10.9, progress: 54 })).to.deep.equal({ status: 'progress', ...about, loaded: 5, total: 10 });
    });

    it('ignores an event without a number of bytes', () => {
      for (const loaded of NO_BYTES) expect(progress({ loaded, total: 10 }), String(loaded)).to.equal(undefined);
    });

    it('has no total for one that is 0, smaller than the bytes or no number', () => {
      for (const total of [...NO_BYTES, 0, 4]) expect(progress({ loaded: 5, total }), String(total)).to.include({ total: undefined });
      expect(progress({ loaded: 0, total: 0 })).to.include({ loaded: 0, total: undefined });
      expect(progress({ loaded: 5, total: 5 })).to.include({ total: 5 });
    });
  });

  describe('for a transfer', () => {
    const good = { status: 'transfer', ...about, phase: 'receiving', loaded: 5, stored: 2, total: 10 };
    const transfer = (fields: object): unknown => parseLoadEvent({ ...good, ...fields });

    it('reads its bytes, and a total that is exact by default', () => {
      expect(transfer({})).to.deep.equal({ ...good, totalIsExact: true, isRuntime: false });
      expect(transfer({ isRuntime: true })).to.include({ isRuntime: true });
      expect(transfer({ totalIsExact: false })).to.include({ totalIsExact: false });
      for (const totalIsExact of [true, undefined, null, 0, 'no']) expect(transfer({ totalIsExact })).to.include({ totalIsExact: true });
    });

    it('reads every phase', () => {
      for (const phase of ['planned', 'waiting', 'receiving', 'done', 'absent']) expect(transfer({ phase })).to.include({ phase });
    });

    it('ignores an unknown phase', () => {
      for (const phase of [undefined, null, '', 'flying', 0]) expect(transfer({ phase })).to.equal(undefined);
    });

    it('ignores bytes that are none, and more stored bytes than bytes', () => {
      for (const value of NO_BYTES) {
        expect(transfer({ loaded: value }), `loaded ${String(value)}`).to.equal(undefined);
        expect(transfer({ stored: value }), `stored ${String(value)}`).to.equal(undefined);
      }
      expect(transfer({ stored: 6 })).to.equal(undefined);
      expect(transfer({ stored: 5 })).to.include({ stored: 5 });
    });

    it('has no total that is smaller than its bytes', () => {
      for (const total of [...NO_BYTES, 0, 4]) expect(transfer({ total }), String(total)).to.include({ loaded: 5, total: undefined });
      expect(transfer({ total: 5 })).to.include({ total: 5 });
      expect(transfer({ loaded: 0, stored: 0, total: 0 }), 'an empty file').to.include({ total: 0 });
    });
  });

  describe('for a share', () => {
    const share = (fields: object): unknown => parseLoadEvent({ status: 'share', name: 'm', phase: 'download', share: 0.5, ...fields });

    it('reads the share, the file and the run', () => {
      expect(share({ file: 'a.bin', run: 2 })).to.deep.equal({
        status: 'share',
        name: 'm',
        file: 'a.bin',
        share: 0.5,
        phase: 'download',
        run: 2,
      });
      expect(share({ phase: 'loading' })).to.include({ phase: 'loading', run: 0 });
    });

    it('accepts the shares from 0 to 1 only', () => {
      for (const value of [0, 1, 0.001]) expect(share({ share: value })).to.include({ share: value });
      for (const value of [-0.001, 1.001, NaN, Infinity, '0.5', null, undefined]) expect(share({ share: value })).to.equal(undefined);
    });

    it('ignores an unknown phase', () => {
      for (const phase of [undefined, 'done', 'receiving', 1]) expect(share({ phase })).to.equal(undefined);
    });

    it('has no file for an empty one or one that is no text, and run 0 for one that is no number', () => {
      for (const file of [undefined, '', 5, null]) expect(share({ file })).to.have.property('file', undefined);
      for (const run of [undefined, -1, '1', NaN]) expect(share({ run })).to.include({ run: 0 });
    });
  });

  describe('for a whole load', () => {
    it('reads the list of version 4 without a look at its files', () => {
      const files = trap();
      const event = parseLoadEvent({ status: 'progress_total', name: 'm', total: 10, files }) as { files: unknown };
      expect(event).to.include({ status: 'progress_total', name: 'm', total: 10 });
      expect(event.files).to.equal(files);
      for (const total of NO_BYTES) expect(parseLoadEvent({ status: 'progress_total', total })).to.include({ name: '', total: undefined });
    });

    it('reads a plan that has a list, and ignores one without', () => {
      const files = [{ file: 'a' }];
      expect(parseLoadEvent({ status: 'plan', name: 'm', files })).to.deep.equal({ status: 'plan', name: 'm', files });
      for (const other of [undefined, null, 'all', {}, { length: 1 }]) {
        expect(parseLoadEvent({ status: 'plan', name: 'm', files: other })).to.equal(undefined);
      }
    });

    it('reads nothing but the status of ready', () => {
      expect(parseLoadEvent({ status: 'ready', task: 'translation', model: 'm', file: 'a' })).to.deep.equal({ status: 'ready' });
    });
  });
});

describe('readSizes', () => {
  it('reads the size of each file by its path', () => {
    const sizes = readSizes({ 'a.json': { loaded: 1, total: 10.5 }, '/b.onnx': { total: 0 } });
    expect([...sizes]).to.deep.equal([
      ['a.json', 10],
      ['b.onnx', 0],
    ]);
  });

  it('leaves out entries without a usable size or path', () => {
    const amounts = NO_BYTES.map((total, index) => [`${index}.onnx`, { total }]);
    const sizes = readSizes({ ...Object.fromEntries(amounts), none: null, number: 5, '/': { total: 5 }, 'good.onnx': { total: 5 } });
    expect([...sizes.keys()]).to.deep.equal(['good.onnx']);
  });

  it('is empty for a value that is no object, and for one that throws', () => {
    for (const files of [undefined, null, 5, 'a.json', trap(), { 'a.json': trap() }]) expect(readSizes(files).size).to.equal(0);
  });
});

describe('readPlan', () => {
  it('reads the file, the size and whether it is on this device', () => {
    expect(readPlan([{ file: '/a.json', size: 5.5, cached: true, extra: 1 }, { file: 'b.json' }])).to.deep.equal([
      { file: 'a.json', size: 5, cached: true },
      { file: 'b.json', size: undefined, cached: false },
    ]);
  });

  it('leaves out entries without a path, and keeps the others', () => {
    const entries = [null, undefined, 5, 'a.json', {}, { file: '' }, { file: '/' }, { file: 7 }, { file: 'b.json', size: 1 }];
    expect(readPlan(entries).map(({ file }) => file)).to.deep.equal(['b.json']);
  });

  it('has no size for one that is no number of bytes, and counts only true as cached', () => {
    for (const size of NO_BYTES) expect(readPlan([{ file: 'a', size }])[0]).to.have.property('size', undefined);
    for (const cached of [undefined, 1, 'true', {}]) expect(readPlan([{ file: 'a', cached }])[0]).to.include({ cached: false });
  });

  it('is empty for a value that is no list, and for an entry that throws', () => {
    for (const files of [undefined, null, 'a.json', {}, { length: 1, 0: { file: 'a' } }, [trap()]]) {
      expect(readPlan(files)).to.deep.equal([]);
    }
  });
});
