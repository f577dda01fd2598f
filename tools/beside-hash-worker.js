/** Tells bundled code that `hash-worker.js` is put beside it: the transfer layer starts no worker where a bundler may have left it out. */
export const besideHashWorker = {
  name: 'beside-hash-worker',
  /** @param {string | null} property */
  resolveImportMeta: (property) => (property === 'hasHashWorker' ? 'true' : null),
};
