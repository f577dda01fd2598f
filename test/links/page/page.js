// One model, its download, and a record of its states. The address contains the model and its hub.
import { ModelDownloads } from '/dist/cdn/model-download.js';
import { importTransformers } from '/demo/transformers.js';

const { version, remoteHost, definition, options } = JSON.parse(new URLSearchParams(location.search).get('settings'));

/** The title of the page while its tab is hidden. */
const notify = {
  title: ({ progress }) => `${Math.floor(progress ?? 0)} %`,
  notification: ({ modelName, status }) => `${modelName}: ${status}`,
};

const downloads = new ModelDownloads({
  models: { model: definition },
  transformers: () => importTransformers(version, remoteHost),
  notify,
  ...options,
});

/** Every state of the download since the page was opened. */
const states = [downloads.getState('model')];
downloads.subscribe('model', (state) => states.push(state));
downloads.connect(document);

Object.assign(globalThis, { downloads, states });
