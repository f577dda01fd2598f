import { expect } from '@open-wc/testing';
import { createDownloadFetch, MemoryPartialStore, type DownloadFetch, type DownloadFetchOptions } from 'model-download/transfer';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { until } from '../../support/until.js';

const ADDRESS = 'https://runtime.example/runtime.wasm';
const TYPE = 'application/wasm';

/** A valid module with a custom section that makes it long. */
function moduleOf(length: number): Uint8Array<ArrayBuffer> {
  const section = length - 12;
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, (section & 127) | 128, ((section >> 7) & 127) | 128, section >> 14];
  const bytes = new Uint8Array(length);
  bytes.set([...head, 1, 0x78]);
  return bytes;
}

const CODE = moduleOf(100_000);

let store: MemoryPartialStore;
beforeEach(() => (store = new MemoryPartialStore()));

function visit(fetch: (headers: Headers, init: RequestInit) => Promise<Response>, options: DownloadFetchOptions = {}): DownloadFetch {
  const request = (_input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => fetch(new Headers(init.headers), init);
  return createDownloadFetch({ fetch: request, store, namespace: crypto.randomUUID(), random: () => 0, segmentSize: 10_000, ...options });
}

/** The response of a server to a request for the code, or a part of it. */
function answer(headers: Headers, body: (bytes: Uint8Array<ArrayBuffer>) => BodyInit, more: Record<string, string> = {}): Response {
  const start = Number(/^bytes=(\d+)-$/.exec(headers.get('Range') ?? '')?.[1] ?? 0);
  const place = { 'Content-Range': `bytes ${start}-${CODE.length - 1}/${CODE.length}` };
  const all = { 'Content-Type': TYPE, ETag: '"one"', 'Content-Length': String(CODE.length - start), ...(start > 0 && place), ...more };
  return new Response(body(CODE.subarray(start)), { status: start > 0 ? 206 : 200, headers: all });
}

/** A body that breaks after `count` bytes. */
function broken(count: number): (bytes: Uint8Array<ArrayBuffer>) => ReadableStream<Uint8Array> {
  return (bytes) => {
    let isSent = false;
    const pull = (controller: ReadableStreamDefaultController<Uint8Array>): void => {
      if (isSent) controller.error(new TypeError('network error'));
      else controller.enqueue(bytes.slice(0, count));
      isSent = true;
    };
    // Unread bytes are lost when a body breaks, so it breaks only once more bytes are requested.
    return new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 });
  };
}

describe('compiled code', () => {
  it('that arrives at once is the platform’s own response, so that browsers keep the compiled code', async () => {
    const here = URL.createObjectURL(new Blob([CODE], { type: TYPE }));
    const given: Response[] = [];
    const response = await visit(async (_headers, init) => {
      const own = await fetch(here, init);
      given.push(own);
      return own;
    })(ADDRESS);
    expect(given).to.have.lengthOf(1);
    expect(response).to.equal(given[0]);
    expect(response.url).to.equal(here);
    expect(await WebAssembly.compileStreaming(response)).to.be.instanceOf(WebAssembly.Module);
  });

  it('that arrives slowly compiles while it arrives', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const slow = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> =>
      new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(bytes.slice(0, 50_000));
          await released;
          controller.enqueue(bytes.slice(50_000));
          controller.close();
        },
      });
    const response = await visit((headers) => Promise.resolve(answer(headers, slow)))(ADDRESS);
    expect(response.headers.get('Content-Type')).to.equal(TYPE);
    expect(response.headers.get('Content-Length')).to.equal(String(CODE.length));
    const compiling = WebAssembly.compileStreaming(response);
    release();
    expect(await compiling).to.be.instanceOf(WebAssembly.Module);
  });

  it('whose connection breaks is requested as a whole again, since the browser stores no range, and compiles', async () => {
    const asked: (string | null)[] = [];
    const response = await visit((headers) => {
      asked.push(headers.get('Range'));
      return Promise.resolve(answer(headers, asked.length === 1 ? broken(60_000) : (bytes) => bytes));
    })(ADDRESS);
    expect(response.headers.get('Content-Type')).to.equal(TYPE);
    expect(await WebAssembly.compileStreaming(response)).to.be.instanceOf(WebAssembly.Module);
    expect(asked).to.deep.equal([null, null]);
  });

  it('is continued by a range if the browser has stored nothing', async () => {
    const clock = new FakeClock();
    const asked: (string | null)[] = [];
    // The bytes are sent by the network again, and have not arrived at the limit.
    const slow = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> =>
      new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(bytes.slice(0, 1_000)) });
    const response = await visit(
      (headers) => {
        asked.push(headers.get('Range'));
        const bodies = [broken(60_000), slow, (bytes: Uint8Array<ArrayBuffer>) => bytes];
        return Promise.resolve(answer(headers, bodies[asked.length - 1] ?? slow));
      },
      { clock },
    )(ADDRESS);
    let bytes: ArrayBuffer | undefined;
    void response.arrayBuffer().then((all) => (bytes = all));
    while (!bytes) {
      clock.advance(50);
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(new Uint8Array(bytes)).to.deep.equal(CODE);
    expect(asked).to.deep.equal([null, null, 'bytes=60000-']);
  });

  it('is continued by a range if browsers do not store a part of the response', async () => {
    const kinds = [{ 'Cache-Control': 'private, no-store' }, { 'Accept-Ranges': 'none' }];
    for (const more of kinds) {
      const asked: (string | null)[] = [];
      const response = await visit((headers) => {
        asked.push(headers.get('Range'));
        return Promise.resolve(answer(headers, asked.length === 1 ? broken(60_000) : (bytes) => bytes, more));
      })(`${ADDRESS}?${JSON.stringify(more)}`);
      expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(CODE);
      expect(asked, JSON.stringify(more)).to.deep.equal([null, 'bytes=60000-']);
    }
  });

  it('is continued by a range if the whole file cannot be requested twice in a row', async () => {
    const asked: (string | null)[] = [];
    const response = await visit((headers) => {
      asked.push(headers.get('Range'));
      if (asked.length === 1) return Promise.resolve(answer(headers, broken(60_000)));
      return headers.has('Range') ? Promise.resolve(answer(headers, (bytes) => bytes)) : Promise.reject(new TypeError('Failed to fetch'));
    })(ADDRESS);
    expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(CODE);
    expect(asked).to.deep.equal([null, null, null, 'bytes=60000-']);
  });

  it('bypasses the browser’s cache if the server refuses every range, also that of the browser', async () => {
    const asked: [string | null, RequestCache | undefined][] = [];
    const refused = (): Response => new Response('No ranges', { status: 400 });
    const response = await visit(
      (headers, { cache }) => {
        asked.push([headers.get('Range'), cache]);
        if (asked.length === 1) return Promise.resolve(answer(headers, broken(60_000)));
        // The browser completes its copy by its own range.
        return Promise.resolve(cache === 'reload' ? answer(headers, (bytes) => bytes) : refused());
      },
      { automaticAttempts: 1 },
    )(ADDRESS);
    expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(CODE);
    const range = ['bytes=60000-', 'no-store'];
    expect(asked).to.deep.equal([[null, undefined], [null, undefined], range, [null, 'reload']]);
  });

  it('of which a visit has stored a part is completed by the browser at the next visit, too, and compiles', async () => {
    const first = visit((headers) => Promise.resolve(answer(headers, broken(60_000))), { automaticAttempts: 0 });
    expect(await rejectionOf(first(ADDRESS).then((response) => response.arrayBuffer()))).to.not.equal(undefined);
    const asked: (string | null)[] = [];
    const response = await visit((headers) => {
      asked.push(headers.get('Range'));
      return Promise.resolve(answer(headers, (bytes) => bytes));
    })(ADDRESS);
    expect(response.headers.get('Content-Type')).to.equal(TYPE);
    expect(await WebAssembly.compileStreaming(response)).to.be.instanceOf(WebAssembly.Module);
    expect(asked).to.deep.equal([null]);
  });
});

describe('compiled code that is requested early for a reader that repeats its request', () => {
  /** A body whose second half arrives once the returned function is called. */
  function held(): { readonly body: (bytes: Uint8Array<ArrayBuffer>) => ReadableStream<Uint8Array>; readonly release: () => void } {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const body = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> =>
      new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(bytes.slice(0, 50_000));
          await released;
          controller.enqueue(bytes.slice(50_000));
          controller.close();
        },
      });
    return { body, release };
  }

  it('is the server’s own response although it arrives slowly, and its bytes are counted', async () => {
    const { body, release } = held();
    const given: Response[] = [];
    const reports: string[] = [];
    const download = visit(
      (headers) => {
        const own = answer(headers, body);
        given.push(own);
        return Promise.resolve(own);
      },
      { onProgress: (_url, { phase, loaded }) => reports.push(`${phase} ${loaded}`) },
    );
    const response = await download.preload(ADDRESS, undefined, true);
    expect(response).to.equal(given[0]);
    await until(() => reports.at(-1) === 'receiving 50000');
    release();
    await until(() => !download.isActive);
    expect(reports.at(-1)).to.equal(`done ${CODE.length}`);
    // The copy was read to its end before, which must not end the response.
    expect(await WebAssembly.compileStreaming(response)).to.be.instanceOf(WebAssembly.Module);
    expect(await store.list()).to.deep.equal([]);
  });

  it('arrives whole when the reader repeats a broken request, which is no failure of the download', async () => {
    const asked: (string | null)[] = [];
    const failures: unknown[] = [];
    const download = visit(
      (headers) => {
        asked.push(headers.get('Range'));
        return Promise.resolve(answer(headers, asked.length === 1 ? broken(60_000) : (bytes) => bytes));
      },
      { onFailure: (cause) => failures.push(cause) },
    );
    const early = await download.preload(ADDRESS, undefined, true);
    expect(await rejectionOf(WebAssembly.compileStreaming(early))).to.not.equal(undefined);
    const response = await download(ADDRESS);
    expect(new Uint8Array(await response.arrayBuffer())).to.deep.equal(CODE);
    // The browser completes its own copy.
    expect(asked).to.deep.equal([null, null]);
    expect(failures, 'the reader has not failed').to.deep.equal([]);
  });

  it('is closed by a pause, and the repeated request waits for its end', async () => {
    const asked: (string | null)[] = [];
    const download = visit((headers, { signal }) => {
      asked.push(headers.get('Range'));
      const body = (bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> =>
        new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(bytes.slice(0, 60_000));
            signal?.addEventListener('abort', () => controller.error(signal.reason));
          },
        });
      return Promise.resolve(answer(headers, asked.length === 1 ? body : (bytes) => bytes));
    });
    const early = await download.preload(ADDRESS, undefined, true);
    await until(() => asked.length === 1);
    download.pause();
    expect(await rejectionOf(early.arrayBuffer())).to.not.equal(undefined);
    const repeated = download(ADDRESS);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).to.deep.equal([null]);
    download.resume();
    expect(new Uint8Array(await (await repeated).arrayBuffer())).to.deep.equal(CODE);
    expect(asked).to.deep.equal([null, null]);
  });
});
