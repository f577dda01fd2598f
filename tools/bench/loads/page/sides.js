// How a page loads the model. Each function returns a pipeline.

/** @typedef {(transformers: any, definition: any, ours: any) => Promise<any>} Load `ours`: the module of this package. */

/** @type {Record<import('../rows.js').Side, Load>} */
export const sides = {
  // Transformers.js deletes properties of its options.
  plain: ({ pipeline }, { task, model, options }) => pipeline(task, model, { ...options }),
  callback: ({ pipeline }, { task, model, options }) => pipeline(task, model, { ...options, progress_callback: () => {} }),
  events: (transformers, model, { ModelDownloads }) =>
    new ModelDownloads({ transformers, models: { model }, transfer: false }).load('model'),
  ours: (transformers, model, { ModelDownloads }) => new ModelDownloads({ transformers, models: { model } }).load('model'),
  several: (transformers, model, { ModelDownloads }) =>
    new ModelDownloads({ transformers, models: { model }, connections: 4 }).load('model'),
};

/** Whether a side uses this package. @param {string} side */
export const isOurs = (side) => side !== 'plain' && side !== 'callback';
