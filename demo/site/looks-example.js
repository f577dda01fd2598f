// A page with our elements in the design of another library. It dispatches their states, and starts no download.
import { ModelDownloadChangeEvent, ModelDownloadOpenRequestEvent, ModelDownloadQueryEvent } from '/dist/cdn/model-download.js';
import { detailOf, states } from './states.js';

const details = new Map(['idle', 'downloading', 'failed'].map((name) => [name, { ...detailOf(states[name]), modelKey: name }]));

document.addEventListener(ModelDownloadQueryEvent.eventName, ({ detail: { modelKey, answer } }) => {
  const known = details.get(modelKey);
  if (known) answer(known.state, known.aggregate);
});
for (const detail of details.values()) document.dispatchEvent(new ModelDownloadChangeEvent(detail));
document
  .getElementById('open')
  .addEventListener('click', () => document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: 'idle' })));
