// A small app for each framework, on a development server of Vite, and the file that it downloads.
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';

const root = join(import.meta.dirname, '../../..');
const apps = join(import.meta.dirname, 'apps');

/** The file, of which the first response has a half and then stalls. A range continues it. */
export const SIZE = 2_000_000;
export const HELD = SIZE / 2;

/** For each framework: the packages of the app, and the entries that Vite prepares. */
const frameworks = {
  react: { packages: ['react', 'react-dom'], entries: ['react', 'react-dom/client', 'react-dom/server'] },
  vue: { packages: ['vue'], entries: ['vue', 'vue/server-renderer'] },
  svelte: { packages: ['svelte'], entries: [] },
  angular: { packages: ['@angular', 'rxjs', 'tslib'], entries: ['@angular/compiler', '@angular/core', '@angular/platform-browser'] },
  lit: { packages: ['lit', 'lit-html', 'lit-element', '@lit'], entries: ['lit'] },
};

/** @param {keyof typeof frameworks} framework */
export async function serveApp(framework) {
  const { packages, entries } = frameworks[framework];
  const folder = await mkdtemp(join(tmpdir(), `model-download-${framework}-`));
  await cp(join(apps, framework), folder, { recursive: true });
  await cp(join(apps, 'shared'), folder, { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/model-download'));
  for (const name of packages) await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  /** @type {(string | undefined)[]} */
  const ranges = [];
  /** @type {Map<string, string>} */
  const originals = new Map();
  const file = { name: 'file', configureServer: ({ middlewares }) => void middlewares.use('/own.bin', answerWith(ranges)) };
  const server = await createServer({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1', fs: { strict: false } },
    optimizeDeps: { include: ['model-download', 'model-download/define', `model-download/${framework}`, ...entries] },
    plugins: [file, await pluginOf(framework)],
  });
  await server.listen();
  return {
    url: server.resolvedUrls?.local[0] ?? '',
    ranges,
    /** Restores the sources of the app that were changed. */
    async reset() {
      ranges.length = 0;
      for (const [name, source] of originals) await writeFile(join(folder, name), source);
      originals.clear();
    },
    /** Changes a source of the app, as an editor does. */
    async edit(name, from, to) {
      const source = await readFile(join(folder, name), 'utf8');
      if (!source.includes(from)) throw new Error(`${name} does not contain ${from}`);
      if (!originals.has(name)) originals.set(name, source);
      await writeFile(join(folder, name), source.replaceAll(from, to));
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** @param {keyof typeof frameworks} framework */
async function pluginOf(framework) {
  if (framework === 'react') return (await import('@vitejs/plugin-react')).default();
  if (framework === 'svelte') return (await import('@sveltejs/vite-plugin-svelte')).svelte({ configFile: false });
  if (framework === 'angular' || framework === 'lit') return [];
  const isCustomElement = (/** @type {string} */ tag) => tag.startsWith('model-');
  return (await import('@vitejs/plugin-vue')).default({ template: { compilerOptions: { isCustomElement } } });
}

/** @param {(string | undefined)[]} ranges */
function answerWith(ranges) {
  const bytes = Buffer.alloc(SIZE, 7);
  return (request, response) => {
    const { range } = request.headers;
    ranges.push(range);
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    const headers = { 'accept-ranges': 'bytes', etag: '"one"', 'content-length': SIZE - from, 'content-type': 'application/octet-stream' };
    if (!range) return void response.writeHead(200, headers).write(bytes.subarray(0, HELD));
    response.writeHead(206, { ...headers, 'content-range': `bytes ${from}-${SIZE - 1}/${SIZE}` }).end(bytes.subarray(from));
  };
}
