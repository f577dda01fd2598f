import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { bytesOf, get, large, model, sha256, small, startHub } from './fixture.js';

describe('model hub', () => {
  /** @type {Awaited<ReturnType<typeof startHub>>} */
  let started;
  before(async () => void (started = await startHub()));
  after(() => started.close());

  describe('files', () => {
    it('are sent whole, with length and tag', async () => {
      const response = await get(started.hub.scope('whole'), 'config.json');
      assert.equal(response.status, 200);
      assert.equal(response.headers.get('content-length'), String(small.length));
      assert.equal(response.headers.get('accept-ranges'), 'bytes');
      assert.match(response.headers.get('etag') ?? '', /^"[0-9a-f]{40}"$/);
      assert.deepEqual(await bytesOf(response), small);
    });

    it('are sent in parts', async () => {
      const scope = started.hub.scope('parts');
      const cases = /** @type {const} */ ([
        ['5-9', 5, 10],
        ['1499990-', 1_499_990, 1_500_000],
        ['-7', 1_499_993, 1_500_000],
        ['1499999-9999999', 1_499_999, 1_500_000],
      ]);
      for (const [range, start, end] of cases) {
        const response = await get(scope, 'onnx/model.onnx', { headers: { Range: `bytes=${range}` } });
        assert.equal(response.status, 206, range);
        assert.equal(response.headers.get('content-range'), `bytes ${start}-${end - 1}/${large.length}`);
        assert.deepEqual(await bytesOf(response), large.subarray(start, end));
      }
    });

    it('report their length for a part behind their end', async () => {
      const response = await get(started.hub.scope('behind'), 'onnx/model.onnx', { headers: { Range: 'bytes=1500000-' } });
      assert.equal(response.status, 416);
      assert.equal(response.headers.get('content-range'), `bytes */${large.length}`);
    });

    it('are sent whole for an invalid range or a range of another version', async () => {
      const scope = started.hub.scope('nonsense');
      for (const headers of [{ Range: 'bytes=9-5' }, { Range: 'chapters=1-2' }, { Range: 'bytes=0-1', 'If-Range': '"other"' }]) {
        assert.equal((await get(scope, 'config.json', { headers })).status, 200);
      }
    });

    it('are not sent again while their tag is the same', async () => {
      const scope = started.hub.scope('same');
      const etag = (await get(scope, 'config.json')).headers.get('etag') ?? '';
      assert.equal((await get(scope, 'config.json', { headers: { 'If-None-Match': etag } })).status, 304);
    });

    it('answer HEAD with the headers alone', async () => {
      const scope = started.hub.scope('head');
      const response = await get(scope, 'config.json', { method: 'HEAD' });
      assert.equal(response.headers.get('content-length'), String(small.length));
      assert.equal((await bytesOf(response)).length, 0);
      assert.equal(scope.log.since().at(-1)?.bytesSent, 0);
    });
  });

  describe('large files', () => {
    it('are redirected to the other origin, in the same scope', async () => {
      const response = await get(started.hub.scope('large'), 'onnx/model.onnx', { redirect: 'manual' });
      assert.equal(response.status, 302);
      assert.equal(response.headers.get('x-linked-size'), String(large.length));
      assert.equal(response.headers.get('x-linked-etag'), `"${sha256(large)}"`);
      const location = response.headers.get('location') ?? '';
      assert.ok(location.startsWith(`${started.hub.cdnUrl}/s/large/`), location);
      assert.deepEqual(await bytesOf(await fetch(location)), large);
    });

    it('refuse an address that is not signed, or has expired', async () => {
      const scope = started.hub.scope('expired');
      const location = (await get(scope, 'onnx/model.onnx', { redirect: 'manual' })).headers.get('location') ?? '';
      assert.equal((await fetch(location.replace(/Signature=../, 'Signature=xx'))).status, 403);
      scope.control.set({ linkLife: 0 });
      assert.equal((await get(scope, 'onnx/model.onnx')).status, 403);
    });
  });

  describe('listing', () => {
    it('contains every file with size and hash', async () => {
      const entries = await listing(`${started.hub.url}/api/models/${model}/tree/main?recursive=true`);
      const kinds = entries.map(({ type, path }) => `${type} ${path}`);
      assert.deepEqual(kinds, ['directory onnx', 'file config.json', 'file tokenizer.json', 'file onnx/model.onnx', 'file onnx/huge.onnx']);
      assert.equal(entries[1]?.size, small.length);
      assert.equal(entries[1]?.lfs, undefined);
      assert.deepEqual({ ...entries[3]?.lfs, pointerSize: 0 }, { oid: sha256(large), size: large.length, pointerSize: 0 });
    });

    it('continues in pages with a link to the next one', async () => {
      const scope = started.hub.scope('pages');
      const pages = [];
      let url = `${scope.url}api/models/${model}/tree/main?recursive=true&limit=3`;
      while (url !== '' && pages.length < 5) {
        const response = await fetch(url);
        pages.push((await entriesOf(response)).map(({ path }) => path));
        url = /<(.+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
      }
      assert.deepEqual(pages, [
        ['onnx', 'config.json', 'tokenizer.json'],
        ['onnx/model.onnx', 'onnx/huge.onnx'],
      ]);
      assert.equal(scope.log.since().length, 2);
    });

    it('shows one folder by default', async () => {
      const top = await listing(`${started.hub.url}/api/models/${model}/tree/main`);
      assert.deepEqual(
        top.map(({ path }) => path),
        ['onnx', 'config.json', 'tokenizer.json'],
      );
      const inner = await listing(`${started.hub.url}/api/models/${model}/tree/main/onnx`);
      assert.deepEqual(
        inner.map(({ path }) => path),
        ['onnx/model.onnx', 'onnx/huge.onnx'],
      );
    });

    it('describes the model', async () => {
      const info = Object(await (await fetch(`${started.hub.url}/api/models/${model}`)).json());
      assert.deepEqual([info.id, info.pipeline_tag], [model, 'text-generation']);
      assert.deepEqual(info.siblings[0], { rfilename: 'config.json' });
    });
  });

  describe('a missing file', () => {
    it('is reported as a missing file, a missing model or a private model', async () => {
      const ask = async (/** @type {string} */ path) => {
        const { status, headers } = await fetch(`${started.hub.url}${path}`);
        return [status, headers.get('x-error-code')];
      };
      assert.deepEqual(await ask(`/${model}/resolve/main/generation_config.json`), [404, 'EntryNotFound']);
      assert.deepEqual(await ask('/local/none/resolve/main/config.json'), [404, 'RepoNotFound']);
      assert.deepEqual(await ask('/private/model/resolve/main/config.json'), [401, 'GatedRepo']);
      assert.deepEqual(await ask(`/${model}/resolve/main/..%2F..%2Fmanifest.json`), [404, 'EntryNotFound']);
      assert.deepEqual(await ask('/%E0%A4%A/nonsense'), [404, 'EntryNotFound']);
    });
  });

  describe('pages of other origins', () => {
    it('can read the required headers', async () => {
      const { headers } = await get(started.hub.scope('cors'), 'onnx/model.onnx');
      assert.equal(headers.get('access-control-allow-origin'), '*');
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      for (const name of ['Content-Range', 'ETag', 'X-Linked-Size', 'Retry-After', 'Link']) {
        assert.ok(headers.get('access-control-expose-headers')?.includes(name), name);
      }
    });

    it('receive an answer to a preflight request', async () => {
      const headers = { Origin: 'http://page.test', 'Access-Control-Request-Headers': 'if-range' };
      const response = await get(started.hub.scope('preflight'), 'config.json', { method: 'OPTIONS', headers });
      assert.equal(response.status, 204);
      assert.equal(response.headers.get('access-control-allow-headers'), 'if-range');
    });
  });
});

/** @param {string} url */
async function listing(url) {
  return entriesOf(await fetch(url));
}

/**
 * @param {Response} response
 * @returns {Promise<{ type: string, path: string, size: number, lfs?: Record<string, unknown> }[]>}
 */
async function entriesOf(response) {
  return /** @type {Promise<never[]>} */ (response.json());
}
