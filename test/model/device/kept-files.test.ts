// Files that a page's own loader keeps: what is compared before and while a stored one is read.
import { expect } from '@open-wc/testing';
import { ModelDownloads, type ModelDownloadsOptions } from 'model-download';
import { responseLoader } from 'model-download/adapters/response';
import { clearCaches, FakeHub } from '../../support/fake-hub.js';
import { shortenTimers } from '../../support/short-timers.js';

const FILE = 'https://files.test/model.bin';
const OWN = new URL('/own/model.bin', location.href).href;
const HUB_FILE = 'https://hub.test/own/model/resolve/main/model.bin';
const TREE = 'https://hub.test/api/models/own/model/tree/main?recursive=true';
const TEXT = 'right bytes';
const TAG = { ETag: '"1"' };

/** The SHA-256 of a text, in bytes. */
async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');

/** Replaces the stored bytes of all kept files. */
async function damage(body: string): Promise<void> {
  const cache = await caches.open('model-download-files-v1');
  const keys = (await cache.keys()).filter(({ url }) => url.includes('/file?'));
  expect(keys).to.have.lengthOf(1);
  for (const key of keys) await cache.put(key, new Response(body));
}

describe('a kept file', () => {
  let hub: FakeHub;

  beforeEach(async () => {
    await clearCaches();
    hub = new FakeHub();
    hub.put(FILE, TEXT, TAG);
  });

  afterEach(async () => {
    hub.close();
    await clearCaches();
  });

  /** Loads the file at one visit. */
  async function visit(url = FILE, init: RequestInit = {}, options: ModelDownloadsOptions = {}): Promise<string> {
    const load = responseLoader(url, { keep: true, read: (response: Response) => response.text(), init });
    const downloads = new ModelDownloads({ storage: null, models: { own: { load } }, random: () => 0, ...options });
    try {
      return await downloads.load<string>('own');
    } finally {
      downloads.dispose();
    }
  }

  const failureOf = (loading: Promise<string>): Promise<unknown> => loading.catch((cause: unknown) => cause);

  for (const [name, body] of [
    ['fewer', TEXT.slice(0, 5)],
    ['more', `${TEXT}!`],
    ['no', ''],
  ] as const) {
    it(`is requested from the server if it has ${name} stored bytes`, async () => {
      await visit();
      await damage(body);
      expect(await visit()).to.equal(TEXT);
      expect(hub.sent(FILE)).to.equal(2);
      expect(await visit()).to.equal(TEXT);
      expect(hub.sent(FILE), 'once it is stored').to.equal(2);
    });
  }

  it('is not delivered if its length is wrong, and then deleted', async () => {
    await visit();
    await damage(TEXT.slice(1));
    expect(await failureOf(visit(FILE, {}, { automaticAttempts: 0 }))).to.include({ code: 'corrupt' });
    expect(await visit(FILE, {}, { automaticAttempts: 0 })).to.equal(TEXT);
  });

  it('is compared with the integrity of the request, of which the server is not asked again', async () => {
    const integrity = `sha256-${base64Of(await sha256(TEXT))}`;
    await visit(FILE, { integrity });
    const integrities: string[] = [];
    const { fetch } = globalThis;
    globalThis.fetch = (input, init) => {
      integrities.push(new Request(input, init).integrity);
      return fetch(input, init);
    };
    expect(await visit(FILE, { integrity })).to.equal(TEXT);
    globalThis.fetch = fetch;
    expect(integrities, 'of the request for the version').to.deep.equal(['']);
    await damage('wrong bytes');
    expect(await visit(FILE, { integrity })).to.equal(TEXT);
    expect(hub.sent(FILE)).to.equal(2);
  });

  it('is compared with the hash in the listing of its hub', async () => {
    hub.put(HUB_FILE, TEXT, TAG);
    const lfs = { oid: hexOf(await sha256(TEXT)), size: TEXT.length };
    hub.put(TREE, JSON.stringify([{ type: 'file', path: 'model.bin', size: TEXT.length, oid: '0'.repeat(40), lfs }]));
    await visit(HUB_FILE);
    await damage('wrong bytes');
    expect(await visit(HUB_FILE)).to.equal(TEXT);
    expect(hub.sent(HUB_FILE)).to.equal(2);
    await damage('wrong bytes');
    expect(await visit(HUB_FILE, {}, { verify: 'never' }), 'without a comparison').to.equal('wrong bytes');
  });

  it('needs a strong validator: an equal weak one, or an equal time of the same minute, shows nothing', async () => {
    const date = new Date().toUTCString();
    for (const headers of [{ ETag: 'W/"1"' }, { 'Last-Modified': date, Date: date }]) {
      hub.put(FILE, TEXT, headers);
      await visit();
      const before = hub.sent(FILE);
      await visit();
      expect(hub.sent(FILE) - before).to.equal(1);
    }
  });

  it('is read by an equal time that is old enough, also by this device’s clock', async () => {
    for (const date of [undefined, new Date().toUTCString()]) {
      hub.put(FILE, TEXT, { 'Last-Modified': new Date(0).toUTCString(), ...(date && { Date: date }) });
      await visit();
      const before = hub.sent(FILE);
      expect(await visit()).to.equal(TEXT);
      expect(hub.sent(FILE) - before).to.equal(0);
    }
  });

  it('is read by an equal strong ETag, whatever the length of a response that may be compressed', async () => {
    await visit();
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      return new Response(answer.body, { headers: { ...TAG, 'Content-Length': '4' } });
    };
    expect(await visit()).to.equal(TEXT);
    globalThis.fetch = fetch;
    expect(hub.sent(FILE)).to.equal(1);
  });

  it('is requested by GET once a HEAD has been silent', async () => {
    await visit();
    const { fetch } = globalThis;
    let restore = (): void => undefined;
    const methods: string[] = [];
    globalThis.fetch = (input, init) => {
      const { method } = new Request(input, init);
      methods.push(method);
      // The limit of the HEAD is over at once.
      restore = method === 'HEAD' ? shortenTimers(2_000) : (restore(), () => undefined);
      return method === 'HEAD' ? new Promise(() => undefined) : fetch(input, init);
    };
    expect(await visit()).to.equal(TEXT);
    globalThis.fetch = fetch;
    expect(methods).to.deep.equal(['HEAD', 'GET']);
  });

  describe('of the page’s own server, without a response of the server', () => {
    for (const [control, more, isDelivered] of [
      [undefined, {}, false],
      ['max-age=60', {}, false],
      ['private, max-age=60', {}, false],
      ['public, no-store', {}, false],
      ['public, max-age=60', { Vary: 'Accept, Cookie' }, false],
      ['public, max-age=60', { Vary: '*' }, false],
      ['public, max-age=60', { Vary: 'Accept-Encoding' }, true],
      ['Public', {}, true],
      ['s-maxage=60', {}, true],
    ] as const) {
      const vary = (more as { Vary?: string }).Vary;
      it(`is ${isDelivered ? '' : 'not '}delivered with Cache-Control ${control ?? 'missing'}${vary ? `, Vary ${vary}` : ''}`, async () => {
        hub.put(OWN, TEXT, { ...TAG, ...more, ...(control && { 'Cache-Control': control }) });
        await visit(OWN);
        hub.isReachable = false;
        const result = await failureOf(visit(OWN, {}, { automaticAttempts: 0 }));
        if (isDelivered) expect(result).to.equal(TEXT);
        else expect(String(result)).to.contain('Failed to fetch');
        hub.isReachable = true;
        hub.requests.length = 0;
        expect(await visit(OWN)).to.equal(TEXT);
        expect(hub.requests, 'once the server answers').to.deep.equal([`HEAD ${OWN}`]);
      });
    }

    it('is delivered if it was requested without cookies', async () => {
      hub.put(OWN, TEXT, TAG);
      await visit(OWN, { credentials: 'omit' });
      hub.isReachable = false;
      expect(await visit(OWN, { credentials: 'omit' })).to.equal(TEXT);
    });
  });
});
