import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const entry = 'demo:ai';

/** The exports of the AI SDK that the page needs. */
const source = "export { AbstractChat, createUIMessageStream } from 'ai';";

/** The name of the entry, which is a virtual module. */
const entryPlugin = {
  name: 'demo-ai',
  resolveId: (/** @type {string} */ id) => (id === entry ? `\0${entry}` : null),
  load: (/** @type {string} */ id) => (id === `\0${entry}` ? source : null),
};

/** @type {Promise<string> | undefined} */
let bundled;

/**
 * Bundles the AI SDK into one module for browsers. Its own build has bare imports of its dependencies. One of them,
 * for its vendor's hosting, is a CommonJS module for Node, which is not used here and is left out. It is bundled at
 * the first request, in about two seconds.
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
