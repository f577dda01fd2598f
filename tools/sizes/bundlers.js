// Three bundlers, each with its usual minifier. Their outputs have a common form.
import { basename, join } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { build } from 'vite';

/**
 * @typedef {import('./workspace.js').Workspace} Workspace
 * @typedef {{ name: string, code: string, isEntry: boolean, imports: readonly string[], modules: readonly string[] }} Chunk
 *   `imports` are the names of the chunks that it imports statically, `modules` are the paths of its modules.
 * @typedef {(entry: string, workspace: Workspace) => Promise<readonly Chunk[]>} Bundler
 */

/** React selects its build by this variable. */
const define = { 'process.env.NODE_ENV': '"production"' };

/** @param {{ type: string, [key: string]: any }} output A file that Rollup or Vite has written. */
const toChunk = ({ fileName, code, isEntry, imports, moduleIds }) => ({
  name: fileName,
  code,
  isEntry,
  imports,
  modules: moduleIds,
});

/** @type {Bundler} */
async function withRollup(input, workspace) {
  const [{ default: commonjs }, { default: replace }, { minify }] = await Promise.all(
    ['@rollup/plugin-commonjs', '@rollup/plugin-replace', 'terser'].map((name) => workspace.import(name)),
  );
  const bundle = await rollup({
    input,
    onwarn: () => undefined,
    plugins: [
      replace({ values: define, preventAssignment: true }),
      nodeResolve({ browser: true, exportConditions: ['production', 'default'] }),
      commonjs(),
      { name: 'json', transform: (code, id) => (id.endsWith('.json') ? `export default ${code}` : null) },
      { name: 'terser', renderChunk: async (code) => (await minify(code, { module: true, ecma: 2020 })).code ?? '' },
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  return output.filter(({ type }) => type === 'chunk').map(toChunk);
}

/** @type {Bundler} */
async function withEsbuild(input, workspace) {
  const esbuild = await workspace.import('esbuild');
  const { outputFiles, metafile } = await esbuild.build({
    ...{ entryPoints: [input], outdir: 'out', bundle: true, splitting: true, format: 'esm', minify: true, legalComments: 'none' },
    ...{ target: 'es2022', define, write: false, metafile: true, logLevel: 'silent', absWorkingDir: join(input, '..') },
  });
  const codes = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  return Object.entries(metafile.outputs).map(([path, { entryPoint, imports, inputs }]) => ({
    name: basename(path),
    code: codes.get(basename(path)) ?? '',
    isEntry: entryPoint === basename(input),
    imports: imports.filter(({ kind }) => kind === 'import-statement').map(({ path: imported }) => basename(imported)),
    modules: Object.keys(inputs),
  }));
}

/** @type {Bundler} */
async function withVite(input) {
  const result = await build({
    ...{ root: join(input, '..'), configFile: false, logLevel: 'silent', define },
    build: {
      ...{ write: false, target: 'es2022', modulePreload: false },
      rollupOptions: { input, preserveEntrySignatures: 'strict' },
    },
  });
  const [{ output }] = /** @type {any[]} */ ([result].flat());
  return output.filter(({ type }) => type === 'chunk').map(toChunk);
}

/** @type {Readonly<Record<string, Bundler>>} */
export const bundlers = { 'Rollup, Terser': withRollup, esbuild: withEsbuild, Vite: withVite };
