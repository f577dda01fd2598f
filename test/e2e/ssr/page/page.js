// Hydrates the tags that a server has rendered, after the state of their download is known.
import '@lit-labs/ssr-client/lit-element-hydrate-support.js';
import { ModelDownloads } from '../../../../dist/index.js';

const load = async ({ fetch, signal }) => (await fetch('weights.bin', { signal })).arrayBuffer();
const files = [{ file: 'weights.bin', size: 300_000 }];

globalThis.downloads = new ModelDownloads({ models: { phi: { name: 'Phi', load, files } } });
globalThis.downloads.connect(document);
await import('../../../../dist/define/index.js');
