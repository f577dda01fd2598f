import { mkdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { createHub } from '../../demo/hub/create-hub.js';
import { ensureModels, manifestName } from '../../demo/models/ensure-models.js';
import { bundlePage } from '../bundle-page.js';

const root = join(import.meta.dirname, '../..');

/**
 * The file of the ONNX Runtime that each version fetches, and the folder it is in.
 *
 * @type {Record<2 | 3 | 4, { folder: string, wasm: string, mjs?: string }>}
 */
const runtimes = {
  2: { folder: 'node_modules/@xenova/transformers/dist', wasm: 'ort-wasm-simd.wasm' },
  3: { folder: 'node_modules/transformers-v3/dist', wasm: 'ort-wasm-simd-threaded.jsep.wasm', mjs: 'ort-wasm-simd-threaded.jsep.mjs' },
  4: {
    folder: 'node_modules/transformers-v4/node_modules/onnxruntime-web/dist',
    wasm: 'ort-wasm-simd-threaded.wasm',
    mjs: 'ort-wasm-simd-threaded.mjs',
  },
};

/** The hub with the models and the runtimes, so that all bytes share one link, and the server of the page. */
export class Lab {
  #server;

  /**
   * @param {import('node:http').Server} server
   * @param {{ hub: import('../../demo/hub/create-hub.js').LocalHub, manifest: import('../../demo/models/ensure-models.js').Manifest, modelsDir: string }} parts
   */
  constructor(server, { hub, manifest, modelsDir }) {
    this.#server = server;
    this.hub = hub;
    this.modelsDir = modelsDir;
    this.manifest = manifest;
    const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    this.pageUrl = `http://127.0.0.1:${port}/`;
  }

  static async open() {
    const modelsDir = join(root, '.models');
    const manifest = await ensureModels({ dir: modelsDir, log: console.log });
    const hub = await createHub({ modelsDir: await withRuntimes(modelsDir, manifest) });
    const modules = sirv(join(root, 'node_modules'), { dev: true });
    const page = sirv(await bundlePage(import.meta.dirname, 'traces'), { dev: true });
    const server = createServer((request, response) => {
      const [, path] = /^\/node_modules(\/.*)$/.exec(request.url ?? '') ?? [];
      if (path === undefined) return page(request, response);
      request.url = path;
      modules(request, response);
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
    return new Lab(server, { hub, manifest, modelsDir });
  }

  /**
   * The ONNX Runtime on the hub, for `env.backends.onnx.wasm.wasmPaths`.
   *
   * @param {2 | 3 | 4} version
   * @param {string} remoteHost
   */
  async runtime(version, remoteHost) {
    const { folder, wasm, mjs } = runtimes[version];
    const address = `${remoteHost}runtime/v${version}/resolve/main/`;
    const { size } = await stat(join(root, folder, wasm));
    // A module needs the MIME type of a script.
    const paths = mjs ? { mjs: `${this.pageUrl}${folder}/${mjs}`, wasm: `${address}${wasm}` } : address;
    return { paths, file: wasm, url: `${address}${wasm}`, size };
  }

  async close() {
    this.#server.closeAllConnections();
    this.#server.close();
    await this.hub.close();
  }
}

/**
 * A copy of the folder of the models, in which the files of the runtimes are three more models.
 *
 * @param {string} modelsDir
 * @param {import('../../demo/models/ensure-models.js').Manifest} manifest
 */
async function withRuntimes(modelsDir, manifest) {
  const dir = join(root, 'build/traces-hub');
  await rm(dir, { recursive: true, force: true });
  await mkdir(join(dir, 'runtime'), { recursive: true });
  await symlink(join(modelsDir, 'local'), join(dir, 'local'));
  const models = Object.entries(runtimes).map(async ([version, { folder, wasm }]) => {
    await symlink(join(root, folder), join(dir, 'runtime', `v${version}`));
    const { size } = await stat(join(root, folder, wasm));
    const files = [{ path: wasm, size, sha256: `${version}`.repeat(64) }];
    return { id: `runtime/v${version}`, name: 'ONNX Runtime', task: 'none', versions: {}, sample: {}, files };
  });
  await writeFile(join(dir, manifestName), JSON.stringify({ ...manifest, models: [...manifest.models, ...(await Promise.all(models))] }));
  return dir;
}
