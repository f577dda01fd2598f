/** Marks bundled code with a `hash-worker.js` beside it: without the mark the transfer layer starts no worker, since a bundler may have omitted it. */
export const besideHashWorker = {
  name: 'beside-hash-worker',
  /** @param {string | null} property */
  resolveImportMeta: (property) => (property === 'hasHashWorker' ? 'true' : null),
};
