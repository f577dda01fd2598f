import { expect } from 'chai';
import { HubScope, hubModel } from '../../support/real-hub.js';
import { liftDeviceLimit } from '../../support/lift-device-limit.js';
import { RealPage } from '../../support/real-page.js';

type Run = (input: string, options: object) => Promise<object[]>;

const ID = 'local/medium-chat';

/** The locks that are requested and the messages that are posted until `stop()`. */
function watchTabs() {
  const { request } = LockManager.prototype as unknown as { request: (...values: unknown[]) => Promise<unknown> };
  const { postMessage } = BroadcastChannel.prototype;
  const locks: unknown[] = [];
  const messages: unknown[] = [];
  Object.assign(LockManager.prototype, {
    request(this: LockManager, ...values: unknown[]) {
      locks.push(values[0]);
      return request.apply(this, values);
    },
  });
  BroadcastChannel.prototype.postMessage = function (message: unknown): void {
    messages.push(message);
    postMessage.call(this, message);
  };
  const stop = (): void => {
    Object.assign(LockManager.prototype, { request });
    BroadcastChannel.prototype.postMessage = postMessage;
  };
  return { locks, messages, stop };
}

/** A storage for the files of the last load. */
function memoryStorage(): Storage {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    key: (index: number) => [...items.keys()][index] ?? null,
    clear: () => items.clear(),
    get length() {
      return items.size;
    },
  };
  return storage;
}

/** Resolves once a load has deleted its partial files, which it does after its model is usable. */
async function tidied(scope: HubScope): Promise<void> {
  for (;;) {
    const cache = await caches.open('model-download-partial-v1');
    const { held = [] } = await navigator.locks.query();
    const own = [...(await cache.keys()).map(({ url }) => url), ...held.map(({ name = '' }) => name)];
    if (!own.some((name) => decodeURIComponent(name).includes(scope.remoteHost))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The path of the weights. */
const weightsOf = (version: number): string =>
  hubModel(ID).versions[`v${version}`]?.files.find(({ path }) => path.endsWith('.onnx'))?.path ?? '';

async function hashOf(response: Response | undefined): Promise<string> {
  if (!response?.ok) throw new Error('There are no weights');
  return new Uint8Array(await crypto.subtle.digest('SHA-256', await response.arrayBuffer())).toString();
}

const hashOfServed = async (scope: HubScope, version: number): Promise<string> => hashOf(await fetch(scope.url(ID, weightsOf(version))));

const hashOfStored = async (scope: HubScope, version: number): Promise<string> =>
  hashOf(await (await caches.open('transformers-cache')).match(scope.url(ID, weightsOf(version))));

for (const version of [2, 3, 4]) {
  describe(`a load with Transformers.js ${version} whose files are on this device`, () => {
    let page: RealPage | undefined;
    let watch: ReturnType<typeof watchTabs> | undefined;
    let restoreLimit: (() => number) | undefined;

    afterEach(() => {
      page?.close();
      watch?.stop();
      restoreLimit?.();
    });

    it('makes no request, takes no lock and posts no message, and is shown as a load from this device', async function () {
      this.timeout(120_000);
      const scope = new HubScope();
      const storage = memoryStorage();
      // Without the page's own list of files the last load is what determines them.
      const models = {
        [ID]: { name: ID, task: hubModel(ID).task, model: ID, options: hubModel(ID).versions[`v${version}`]?.options ?? {} },
      };
      const first = new RealPage(version, scope, [ID], { storage, models });
      await first.downloads.load(ID);
      first.close();
      await tidied(scope);
      expect(await hashOfStored(scope, version), 'the stored weights').to.equal(await hashOfServed(scope, version));
      const before = (await scope.requests()).length;

      watch = watchTabs();
      restoreLimit = liftDeviceLimit();
      page = new RealPage(version, scope, [ID], { storage, models });
      const texts = new Set<string | undefined>();
      const observer = setInterval(() => texts.add(page?.shown('model-progress-mini', ID, 'status')?.textContent.trim()), 1);
      const run = await page.downloads.load<Run>(ID);
      clearInterval(observer);
      watch.stop();
      expect(restoreLimit(), 'look-ups without a limit').to.be.greaterThan(0);

      expect((await scope.requests()).slice(before)).to.deep.equal([]);
      expect(watch.locks).to.deep.equal([]);
      expect(watch.messages).to.deep.equal([]);
      const { bytesFromNetwork = -1, bytesFromCache = 0 } = page.downloads.getAggregate(ID) ?? {};
      expect(bytesFromNetwork).to.equal(0);
      expect(bytesFromCache).to.be.greaterThan(0);
      expect([...texts]).to.not.include('Downloading');
      const { sample } = hubModel(ID);
      expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
    });
  });
}
