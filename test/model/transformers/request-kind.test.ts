import { expect } from 'chai';
import { isDownload, isProbe } from '#dist/model/transformers/request-kind.js';

const URL = 'https://hub.example/own/model/resolve/main/config.json';

describe('isDownload', () => {
  it('accepts a GET for a whole file', () => {
    expect(isDownload(URL, undefined)).to.equal(true);
    expect(isDownload(URL, { method: 'get', headers: { Accept: '*/*' } })).to.equal(true);
    expect(isDownload(new Request(URL), undefined)).to.equal(true);
  });

  it('rejects other methods, also those of a Request', () => {
    expect(isDownload(URL, { method: 'HEAD' })).to.equal(false);
    expect(isDownload(new Request(URL, { method: 'DELETE' }), undefined)).to.equal(false);
    expect(isDownload(new Request(URL, { method: 'DELETE' }), { method: 'GET' }), 'init overrides').to.equal(true);
  });

  it('rejects a range, also that of a Request', () => {
    expect(isDownload(URL, { headers: { range: 'bytes=0-9' } })).to.equal(false);
    expect(isDownload(new Request(URL, { headers: { range: 'bytes=0-9' } }), undefined)).to.equal(false);
    expect(isDownload(new Request(URL, { headers: { range: 'bytes=0-9' } }), { headers: {} }), 'init overrides').to.equal(true);
  });

  it('rejects a body and invalid headers', () => {
    expect(isDownload(URL, { body: 'x' })).to.equal(false);
    expect(isDownload(URL, { headers: { 'not valid': 'x' } })).to.equal(false);
  });
});

describe('isProbe', () => {
  const probe = { method: 'GET', headers: { range: 'bytes=0-0' }, cache: 'no-store' } as const;

  it('accepts the request for the first byte past the HTTP cache', () => {
    expect(isProbe(URL, probe)).to.equal(true);
  });

  it('rejects another range, another cache mode and another method', () => {
    expect(isProbe(URL, { ...probe, headers: { range: 'bytes=0-1' } })).to.equal(false);
    expect(isProbe(URL, { ...probe, cache: 'no-cache' })).to.equal(false);
    expect(isProbe(URL, { ...probe, method: 'HEAD' })).to.equal(false);
    expect(isProbe(URL, undefined)).to.equal(false);
  });
});
