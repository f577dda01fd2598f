// How the model is loaded: by Transformers.js alone, or with ours in between.

/** @type {Record<string, (transformers: any, settings: any) => Promise<any>>} */
export const sides = {
  plain: load,

  async downloads(transformers, { definition }) {
    const { ModelDownloads } = await import('/dist/cdn/model-download.js');
    const downloads = new ModelDownloads({ transformers, models: { model: definition } });
    return downloads.load('model');
  },

  async prefetched(transformers, { definition }) {
    const { ModelDownloads } = await import('/dist/cdn/model-download.js');
    const downloads = new ModelDownloads({ transformers, models: { model: definition } });
    await downloads.prefetch('model');
    return downloads.load('model');
  },

  async installed(transformers, settings) {
    const { installDownloadFetch } = await import('/bundle/transformers.js');
    installDownloadFetch(transformers);
    return load(transformers, settings);
  },
};

/**
 * @param {any} transformers
 * @param {any} settings
 */
function load({ pipeline }, { definition: { task, model, options } }) {
  // Transformers.js deletes properties of its options.
  return pipeline(task, model, { ...options, progress_callback: () => {} });
}
