import { expect } from 'chai';
import { DownloadRequest } from '#dist/transfer/download-request.js';

const URL_A = 'https://hub.example/a.bin';
const signal = new AbortController().signal;

function recorder() {
  const calls: { input: RequestInfo | URL; init: RequestInit }[] = [];
  const fetch = (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    calls.push({ input, init });
    return Promise.resolve(new Response(''));
  };
  const of = (input: RequestInfo | URL, init: RequestInit = {}): DownloadRequest | undefined => DownloadRequest.of(input, init, fetch);
  return { calls, of };
}

describe('DownloadRequest.of', () => {
  const { of } = recorder();

  it('accepts an address in each form, without its fragment', () => {
    for (const input of [`${URL_A}#part`, new URL(`${URL_A}#part`), new Request(`${URL_A}#part`)]) expect(of(input)?.url).to.equal(URL_A);
  });

  it('accepts the settings of a plain download', () => {
    for (const init of [{}, { method: 'get' }, { mode: 'cors' }, { cache: 'force-cache' }, { headers: { Accept: '*/*' } }] as RequestInit[])
      expect(of(URL_A, init), JSON.stringify(init)).not.to.equal(undefined);
  });

  it('refuses another method, a body, a range of its own, and modes in which nothing can be read or requested', () => {
    const refused: RequestInit[] = [
      { method: 'HEAD' },
      { method: 'POST' },
      { body: 'text' },
      { headers: { range: 'bytes=0-' } },
      { mode: 'no-cors' },
      { cache: 'only-if-cached' },
    ];
    for (const init of refused) expect(of(URL_A, init), JSON.stringify(init)).to.equal(undefined);
    expect(of(new Request(URL_A, { method: 'POST' }))).to.equal(undefined);
    expect(of(new Request(URL_A, { headers: { 'X-A': '1' } }))).not.to.equal(undefined);
  });

  it('lets the settings of the call replace those of a Request', () => {
    expect(of(new Request(URL_A, { method: 'POST' }), { method: 'GET' })).not.to.equal(undefined);
    const request = new Request(URL_A, { headers: { 'X-A': 'request' }, integrity: 'sha256-A', credentials: 'include' });
    const own = of(request);
    expect(own?.headers.get('X-A')).to.equal('request');
    expect(own).to.include({ integrity: 'sha256-A' });
    expect(own?.init.credentials).to.equal('include');
    const replaced = of(request, { headers: { 'X-A': 'call' }, integrity: 'sha256-B', credentials: 'omit' });
    expect(replaced?.headers.get('X-A')).to.equal('call');
    expect(replaced?.init.headers).to.equal(replaced?.headers);
    expect(replaced).to.include({ integrity: 'sha256-B' });
    expect(replaced?.init.credentials).to.equal('omit');
  });

  it('has the defaults of fetch', () => {
    const request = of(URL_A);
    expect([...(request?.headers ?? [])]).to.deep.equal([]);
    expect(request?.init.credentials).to.equal('same-origin');
    expect(request?.integrity).to.equal('');
  });

  it('refuses an address that the platform rejects, and another scheme', () => {
    for (const input of ['https://', 'https://user:secret@hub.example/', 'data:text/plain,a', 'blob:https://hub.example/a'])
      expect(of(input), input).to.equal(undefined);
  });
});

describe('DownloadRequest', () => {
  it('makes the request of the caller, in another cache mode if one is given', async () => {
    const { calls, of } = recorder();
    const headers = { 'X-A': '1' };
    const request = of(URL_A, { headers, cache: 'force-cache' });
    await request?.plain(signal);
    await request?.plain(signal, 'reload');
    expect(calls).to.deep.equal([
      { input: URL_A, init: { headers, cache: 'force-cache', signal } },
      { input: URL_A, init: { headers, cache: 'reload', signal } },
    ]);
  });

  it('passes the cache beside another request, unless the caller has chosen a mode', () => {
    const { of } = recorder();
    const modeOf = (init: RequestInit, input: RequestInfo = URL_A): RequestCache | undefined => of(input, init)?.cacheBeside;
    expect(modeOf({})).to.equal('reload');
    expect(modeOf({ cache: 'default' })).to.equal('reload');
    expect(modeOf({}, new Request(URL_A))).to.equal('reload');
    expect(modeOf({ cache: 'no-store' })).to.equal(undefined);
    expect(modeOf({ cache: 'force-cache' }, new Request(URL_A))).to.equal(undefined);
  });

  it('makes a request for a range, past the cache and without a condition', async () => {
    const { calls, of } = recorder();
    const request = of(URL_A, { headers: { 'X-A': '1' }, cache: 'force-cache' });
    await request?.range(5, signal);
    expect(calls[0]?.init).to.include({ cache: 'no-store', signal });
    expect([...new Headers(calls[0]?.init.headers)]).to.deep.equal([
      ['range', 'bytes=5-'],
      ['x-a', '1'],
    ]);
    expect(request?.headers.has('Range'), 'of the caller').to.equal(false);
  });

  it('leaves the integrity to this library, which receives the whole body', async () => {
    const { calls, of } = recorder();
    const request = of(URL_A, { integrity: 'sha256-A' });
    await request?.plain(signal);
    await request?.range(5, signal);
    expect(calls.map(({ init }) => init.integrity)).to.deep.equal(['', '']);
  });
});
