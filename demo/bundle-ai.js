import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';

const entry = 'demo:ai';

/** The exports of the AI SDK that the page needs. */
const source = "export { AbstractChat, createUIMessageStream } from 'ai';";

/** The entry, which is not a file. */
const entryPlugin = {
  name: 'demo-ai',
  resolveId: (/** @type {string} */ id) => (id === entry ? `\0${entry}` : null),
  load: (/** @type {string} */ id) => (id === `\0${entry}` ? source : null),
};

/** @type {Promise<string> | undefined} */
let bundled;

/**
 * The AI SDK as one module for browsers. Its own build has bare imports of its dependencies, and one of them,
 * for the host of its vendor, is a CommonJS module for Node; none of it is used here, so
 * it is removed. It is bundled at the first request, in about two seconds.
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
