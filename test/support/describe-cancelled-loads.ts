import { expect } from 'chai';
import { deferred } from './deferred.js';
import { HubScope, hubModel } from './real-hub.js';
import { definitionOf, RealPage, RECIPE, type Recipe } from './real-page.js';

type Run = (input: string, options: object) => Promise<object[]>;

const ID = 'local/tiny-chat';
const isRuntime = (input: RequestInfo | URL): boolean => (input instanceof Request ? input.url : String(input)).endsWith('.wasm');

/**
 * A load that is cancelled while the ONNX Runtime starts, with one version of Transformers.js. It must be the first load of its
 * page, since the runtime starts once.
 */
export function describeCancelledLoads(version: number, { pausesFirst = false } = {}): void {
  describe(`a load with Transformers.js ${version} that is ${pausesFirst ? 'paused and ' : ''}cancelled while the runtime starts`, () => {
    it('leaves the runtime to the next load, which shows what is left of its file', async function () {
      this.timeout(240_000);
      const scope = new HubScope();
      await scope.control({ bandwidth: 1_000_000 });
      const runtime = await RuntimeFetch.of(version, scope);
      const page = new RealPage(version, scope, [ID]);
      try {
        const downloading = page.until(ID, ({ status }) => status === 'downloading');
        const cancelled = page.downloads.load(ID).catch((cause: unknown) => cause);
        await downloading;
        await runtime.requested();
        if (pausesFirst) page.downloads.pause(ID);
        page.downloads.cancel(ID);
        expect(await cancelled).to.have.property('name', 'AbortError');

        await scope.control({ bandwidth: 0 });
        const load = page.downloads.load<Run>(ID);
        const own = definitionOf(ID, version).files.reduce((sum, { size }) => sum + size, 0);
        const { progress } = await page.until(ID, ({ bytesDownloaded = 0 }) => bytesDownloaded >= own);
        // It is unknown until the sizes of all files are, which a busy machine learns later than the bytes arrive.
        expect(progress ?? 0, 'while the runtime’s file is missing').to.be.below(100);
        runtime.release();
        const run = await load;
        const { sample } = hubModel(ID);
        expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
        // A runtime whose response fails requests its file again, and cannot start if that fails too.
        expect(runtime.delivered, 'responses that delivered the file of the runtime').to.equal(1);
      } finally {
        // The runtime starts once in a page: the next tests would wait for it for ever.
        runtime.release();
        runtime.restore();
        page.close();
      }
    });
  });
}

/** The `fetch` that the runtime calls; it holds the body of the runtime's file. */
class RuntimeFetch {
  readonly #owner: { fetch: typeof fetch };
  readonly #original: typeof fetch;
  readonly #released = deferred<undefined>();
  /** Responses with the whole file of which bytes were delivered: others were stopped by the cancel, or by a pause. */
  delivered = 0;

  private constructor(owner: { fetch: typeof fetch }) {
    this.#owner = owner;
    this.#original = owner.fetch;
    owner.fetch = async (input, init) => {
      const response = await this.#original.call(owner, input, init);
      if (!isRuntime(input) || !response.body) return response;
      return new Response(this.#hold(response.body, response.status === 200 ? init?.signal : AbortSignal.abort()), response);
    };
  }

  static async of(version: number, scope: HubScope): Promise<RuntimeFetch> {
    const { importTransformers } = (await import(RECIPE)) as Recipe;
    const { env } = (await importTransformers(version, scope.remoteHost)) as unknown as { env: { fetch: typeof fetch } };
    return new RuntimeFetch(version >= 4 ? env : globalThis);
  }

  /** Resolves when the runtime has requested its file. */
  requested(): Promise<void> {
    const inner = this.#owner.fetch;
    return new Promise((resolve) => {
      this.#owner.fetch = (input, init) => {
        if (isRuntime(input)) resolve();
        return inner.call(this.#owner, input, init);
      };
    });
  }

  release(): void {
    this.#released.resolve(undefined);
  }

  restore(): void {
    this.#owner.fetch = this.#original;
  }

  /** @param signal Of the request; aborted if the response does not count. */
  #hold(body: ReadableStream<Uint8Array<ArrayBuffer>>, signal?: AbortSignal | null): ReadableStream<Uint8Array<ArrayBuffer>> {
    let isDelivered = false;
    const held = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: async (bytes, controller) => {
        await this.#released.promise;
        controller.enqueue(bytes);
        if (!isDelivered && !signal?.aborted) this.delivered++;
        isDelivered = true;
      },
    });
    return body.pipeThrough(held);
  }
}
