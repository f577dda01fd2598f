import { expect } from '@open-wc/testing';
import { installDownloadFetch, type TransformersModule } from 'model-download/adapters/transformers';
import { HubScope } from '../../support/real-hub.js';
import { shortenTimers } from '../../support/short-timers.js';

const FILE = 'config.json';

/** The settings of a module are all that is looked at; the versions themselves are loaded in `test/smoke`. */
function moduleOf(version: string, remoteHost: string, more: object = {}): TransformersModule & { env: Record<string, unknown> } {
  return { env: { version, remoteHost, ...more }, pipeline: () => Promise.resolve() };
}

describe('installDownloadFetch', () => {
  const native = globalThis.fetch;
  afterEach(() => {
    globalThis.fetch = native;
  });

  it('replaces the platform’s fetch for versions 2 and 3, and restores it', async () => {
    const scope = new HubScope();
    const urls: string[] = [];
    const { uninstall } = installDownloadFetch(moduleOf('3.8.1', scope.remoteHost), { onProgress: (url) => urls.push(url) });
    expect(globalThis.fetch).to.not.equal(native);
    const url = scope.url('local/tiny-chat', FILE);
    expect(await (await fetch(url)).json()).to.be.an('object');
    expect(new Set(urls)).to.deep.equal(new Set([url]));
    uninstall();
    expect(globalThis.fetch).to.equal(native);
  });

  it('passes on requests to other hosts', async () => {
    const scope = new HubScope();
    const { fetch: downloadFetch, uninstall } = installDownloadFetch(moduleOf('3.8.1', 'https://models.example.test/'));
    await (await fetch(scope.url('local/tiny-chat', FILE))).text();
    uninstall();
    const [request] = await scope.answers(FILE);
    expect(request).to.include({ range: null, status: 200 });
    expect(downloadFetch.isActive).to.equal(false);
  });

  it('replaces the setting of version 4, but not the platform’s fetch', async () => {
    const scope = new HubScope();
    const own = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => native(input, init);
    const module = moduleOf('4.3.1', scope.remoteHost, { fetch: own });
    const urls: string[] = [];
    const { uninstall } = installDownloadFetch(module, { onProgress: (url) => urls.push(url) });
    expect(globalThis.fetch).to.equal(native);
    const url = scope.url('local/tiny-chat', FILE);
    await (await (module.env.fetch as typeof fetch)(url)).text();
    expect(new Set(urls)).to.deep.equal(new Set([url]));
    uninstall();
    expect(module.env.fetch).to.equal(own);
  });

  it('handles the runtime’s file in the platform’s fetch if version 4 leaves it to the runtime', async () => {
    const asked: string[] = [];
    const answer =
      (name: string): typeof fetch =>
      (input) => {
        asked.push(`${name} ${input instanceof Request ? input.url : String(input)}`);
        return Promise.resolve(new Response('runtime'));
      };
    globalThis.fetch = answer('realm');
    const folder = 'https://cdn.example/dist/';
    const wasmPaths = { mjs: `${folder}ort.mjs`, wasm: `${folder}ort.wasm` };
    const module = moduleOf('4.3.1', 'https://models.example.test/', {
      fetch: answer('module'),
      useWasmCache: false,
      backends: { onnx: { wasm: { wasmPaths } } },
    });
    const urls = new Set<string>();
    const { uninstall } = installDownloadFetch(module, { onProgress: (url) => urls.add(url) });
    expect(await (await fetch(wasmPaths.wasm)).text()).to.equal('runtime');
    await fetch(`${folder}ort-another.wasm`);
    await fetch('https://models.example.test/gpt2/resolve/main/config.json');
    uninstall();
    expect([...urls], 'downloads').to.deep.equal([wasmPaths.wasm]);
    expect(asked).to.deep.equal([
      `realm ${wasmPaths.wasm}`,
      `realm ${folder}ort-another.wasm`,
      'realm https://models.example.test/gpt2/resolve/main/config.json',
    ]);
  });

  it('does not remove a wrapper that was installed later', () => {
    const { uninstall } = installDownloadFetch(moduleOf('2.17.2', 'https://models.example.test/'));
    const over: typeof fetch = (input, init) => native(input, init);
    globalThis.fetch = over;
    uninstall();
    expect(globalThis.fetch).to.equal(over);
  });

  for (const remotePathTemplate of ['{model}/', '{model}', '{model}/{revision}', '/']) {
    it(`handles only files of models with the template ${remotePathTemplate}`, async () => {
      globalThis.fetch = () => Promise.resolve(new Response('body'));
      const urls = new Set<string>();
      const host = 'https://app.example/';
      const { uninstall } = installDownloadFetch(moduleOf('3.8.1', host, { remotePathTemplate }), { onProgress: (url) => urls.add(url) });
      const own = [
        'api/users.json',
        'api/v1/report',
        'images/cat.png',
        'own/app/main.js',
        'own/tokenizers.json',
        'data/config.json.gz?v=1',
      ];
      const files = ['config.json', 'tokenizer.json?v=1', 'onnx/model_quantized.onnx', 'onnx/model.onnx_data_1', 'chat_template.jinja'];
      for (const file of own) await (await fetch(host + file)).text();
      expect([...urls], 'own requests').to.deep.equal([]);
      const models = files.map((file) => `${host}own/model/${remotePathTemplate.includes('{revision}') ? 'main/' : ''}${file}`);
      if (remotePathTemplate !== '/') for (const url of models) await (await fetch(url)).text();
      uninstall();
      expect([...urls]).to.deep.equal(remotePathTemplate === '/' ? [] : models);
    });
  }

  it('handles every file of a folder for models', async () => {
    globalThis.fetch = () => Promise.resolve(new Response('body'));
    const urls = new Set<string>();
    const settings = { remotePathTemplate: '{model}/' };
    const { uninstall } = installDownloadFetch(moduleOf('3.8.1', 'https://app.example/models/', settings), {
      onProgress: (url) => urls.add(url),
    });
    const voice = 'https://app.example/models/own/speech/voices/one.bin';
    for (const url of [voice, 'https://app.example/own/speech/voices/one.bin']) await (await fetch(url)).text();
    uninstall();
    expect([...urls]).to.deep.equal([voice]);
  });

  it('passes on the page’s own requests to the model host', async () => {
    const scope = new HubScope();
    const seen: [RequestInfo | URL, RequestInit | undefined][] = [];
    globalThis.fetch = (input, init) => {
      seen.push([input, init]);
      return Promise.resolve(new Response('own'));
    };
    const { uninstall } = installDownloadFetch(moduleOf('3.8.1', scope.remoteHost));
    const file = scope.url('local/tiny-chat', FILE);
    const own: [RequestInfo | URL, RequestInit?][] = [
      [new Request(`${scope.remoteHost}api/models/local/tiny-chat`, { headers: { 'X-Own': 'yes' } })],
      [new URL(`${scope.remoteHost}api/models`), { credentials: 'include' }],
      [`${scope.remoteHost}datasets/own/texts/resolve/main/file.json`, { cache: 'reload' }],
      [`${scope.remoteHost}local/tiny-chat`, {}],
      [`${scope.remoteHost}local/tiny-chat/resolve/main/`, {}],
      [`${scope.remoteHost}local/tiny-chat/resolve/main/%zz/`],
      [file, { method: 'HEAD' }],
      [file, { method: 'POST', body: 'own' }],
      [new Request(file, { method: 'POST', body: 'own' })],
      [file, { headers: { range: 'bytes=0-0' }, cache: 'no-store' }],
      [new Request(file, { headers: { Range: 'bytes=5-' } })],
      ['https://cdn.example/ort-wasm.wasm', { headers: [['Range', 'bytes=0-0']] }],
      ['https://cdn.example/report.wasm'],
    ];
    for (const [input, init] of own) expect(await (await fetch(input, init)).text()).to.equal('own');
    uninstall();
    expect(seen).to.have.lengthOf(own.length);
    own.forEach(([input, init], index) => {
      expect(seen[index]?.[0], `input ${index}`).to.equal(input);
      expect(seen[index]?.[1], `settings ${index}`).to.equal(init);
    });
  });

  it('lets probes of version 4 fail without a response', async () => {
    // Half of the limit, which has two timers. A server that is slower than 30 s is waited for.
    const restore = shortenTimers(60_000);
    const module = moduleOf('4.3.1', 'https://models.example.test/', { fetch: () => new Promise(() => undefined) });
    const { uninstall } = installDownloadFetch(module);
    const probe = { headers: { Range: 'bytes=0-0' }, cache: 'no-store' } as const;
    const asked = (module.env.fetch as typeof fetch)('https://models.example.test/gpt2/resolve/main/config.json', probe);
    const error: unknown = await asked.catch((cause: unknown) => cause);
    restore();
    uninstall();
    expect(error).to.include({ name: 'DownloadFailure', code: 'timeout' });
  });

  it('handles model files by the module’s path template', async () => {
    for (const [remoteHost, remotePathTemplate, url] of [
      ['https://models.example/', '{model}/resolve/{revision}/', 'https://models.example/gpt2/resolve/main/onnx/model.onnx?download=true'],
      ['https://models.example', '{model}/resolve/{revision}/', 'https://models.example/Xenova/gpt2/resolve/refs%2Fpr%2F1/config.json'],
      ['https://models.example/a.b/', 'v1/{revision}/{model}', 'https://models.example/a.b/v1/main/Xenova/gpt2/config.json'],
      ['models', '{model}/', new URL('/models/gpt2/config.json', location.href).href],
      ['https://models.example/', '{model}/resolve/{revision}/', 'https://cdn.example/dist/ort-wasm-simd.wasm?v=1'],
    ] as const) {
      globalThis.fetch = () => Promise.resolve(new Response('{}'));
      const base = document.head.appendChild(document.createElement('base'));
      base.href = '/';
      const { fetch: downloadFetch, uninstall } = installDownloadFetch(moduleOf('3.8.1', remoteHost, { remotePathTemplate }));
      const response = fetch(url);
      expect(downloadFetch.isActive, url).to.equal(true);
      await (await response).text();
      uninstall();
      base.remove();
    }
  });

  it('keeps a wrapper of the page and the headers that it adds', () => {
    const scope = new HubScope();
    const { uninstall } = installDownloadFetch(moduleOf('3.8.1', scope.remoteHost));
    const installed = globalThis.fetch;
    const own: typeof fetch = (input, init) => installed(input, { ...init, headers: { Authorization: 'Bearer own' } });
    globalThis.fetch = own;
    const other = installDownloadFetch(moduleOf('3.8.1', 'https://models.example.test/'));
    expect(globalThis.fetch).to.equal(own);
    other.uninstall();
    expect(globalThis.fetch).to.equal(own);
    uninstall();
  });

  it('keeps version 2 from looking for models on the page’s own origin by default', () => {
    const module = moduleOf('2.17.2', 'https://models.example.test/', { allowLocalModels: true });
    installDownloadFetch(module).uninstall();
    expect(module.env.allowLocalModels).to.equal(false);
    installDownloadFetch(module, { allowLocalModels: true }).uninstall();
    expect(module.env.allowLocalModels).to.equal(true);
    installDownloadFetch(module, { allowLocalModels: false }).uninstall();
    expect(module.env.allowLocalModels).to.equal(false);
  });

  it('does not change that setting with versions 3 and 4, or without remote models', () => {
    for (const [version, more] of [
      ['3.8.1', {}],
      ['4.3.1', {}],
      ['2.17.2', { allowRemoteModels: false }],
    ] as const) {
      for (const allowLocalModels of [true, false, undefined]) {
        const module = moduleOf(version, 'https://models.example.test/', { ...more, allowLocalModels: 'own' });
        installDownloadFetch(module, { allowLocalModels }).uninstall();
        expect(module.env.allowLocalModels).to.equal('own');
      }
    }
  });
});
