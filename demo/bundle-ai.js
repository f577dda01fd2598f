import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const entry = 'demo:ai';

/** What the page needs of the AI SDK. */
const source = "export { AbstractChat, createUIMessageStream } from 'ai';";

/** The entry, which stands in no file. */
const entryPlugin = {
  name: 'demo-ai',
  resolveId: (/** @type {string} */ id) => (id === entry ? `\0${entry}` : null),
  load: (/** @type {string} */ id) => (id === `\0${entry}` ? source : null),
};

/** @type {Promise<string> | undefined} */
let bundled;

/**
 * The AI SDK as one module for browsers. Its own build names its dependencies bare, and one of them,
 * for the host of its makers, is a CommonJS module for Node; nothing of that is used here, so that
 * it drops out. Made when it is first asked for, in about two seconds.
 *
 * @returns {Promise<string>}
 */
export function bundleAi() {
  bundled ??= bundle();
  return bundled;
}

async function bundle() {
  const build = await rollup({
    input: entry,
    external: ['@vercel/oidc'],
    treeshake: { moduleSideEffects: 'no-external' },
    plugins: [entryPlugin, nodeResolve({ browser: true, rootDir: import.meta.dirname })],
    logLevel: 'silent',
  });
  const { output } = await build.generate({ format: 'es' });
  await build.close();
  return output[0].code;
}
