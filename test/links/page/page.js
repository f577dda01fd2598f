// One model, its download, and a record of its states. The address contains the model and its hub.
import { ModelDownloads } from '/dist/cdn/model-download.js';
import { importTransformers } from '/demo/transformers.js';

const { version, remoteHost, definition, options } = JSON.parse(new URLSearchParams(location.search).get('settings'));

/** The title of the page while its tab is hidden. */
const notifications = {
  title: ({ progress }) => `${Math.floor(progress ?? 0)} %`,
  notification: ({ modelName, status }) => `${modelName}: ${status}`,
};

// Checked apart from `options`: a literal with spread values of any type has no unknown property for the compiler.
const own = /** @satisfies {import('/dist/index.js').ModelDownloadsOptions} */ ({
  models: { model: definition },
  transformers: () => importTransformers(version, remoteHost),
  notifications,
});
const downloads = new ModelDownloads({ ...own, ...options });

/** Every state of the download since the page was opened. */
const states = [downloads.getState('model')];
downloads.subscribe('model', (state) => states.push(state));
downloads.connect(document);

Object.assign(globalThis, { downloads, states });
