import { formatBytes } from '/dist/core/index.js';
import { defineModelStorage, ModelDownloadOpenRequestEvent } from '/dist/cdn/model-download.js';
import { Conversation } from './conversation.js';
import { drawFaultSwitches } from './fault-switches.js';
import { models, remoteHost } from './hub.js';
import { openInPage } from './in-page.js';
import { openInWorker } from './in-worker.js';
import { Story } from './story.js';

/** @returns {any} An element of this page, with the type of any tag. */
const byId = (id) => document.getElementById(id);
const address = new URLSearchParams(location.search);
const version = Number(address.get('version') ?? 4);
const isInWorker = address.has('worker');

/** Models of the public hub that are small enough for a first try. */
const publicModels = {
  'public/sentiment': {
    name: 'DistilBERT sentiment',
    task: 'text-classification',
    model: 'Xenova/distilbert-base-uncased-finetuned-sst-2-english',
  },
  'public/chat': { name: 'SmolLM2 135M', task: 'text-generation', model: 'HuggingFaceTB/SmolLM2-135M-Instruct', options: { dtype: 'q8' } },
};

const localModels = Object.fromEntries(
  models
    .filter(({ task, versions }) => task !== 'image-classification' && versions[`v${version}`])
    .map(({ id, name, task, versions }) => {
      const { options, files } = versions[`v${version}`];
      return [id, { name, task, model: id, options, files: files.map(({ path, size }) => ({ file: path, size })) }];
    }),
);
const definitions = { ...localModels, ...publicModels };

const chooseModel = () => byId('models').querySelector('button')?.focus();
const openLocal = isInWorker ? openInWorker : openInPage;
const localPlace = await openLocal({ version, remoteHost, models: localModels, chooseModel });
const publicPlace = openInPage({ version, remoteHost: 'https://huggingface.co/', models: publicModels, chooseModel });
const placeOf = (key) => (key in localModels ? localPlace : publicPlace);

const conversation = new Conversation(byId('messages'));
/** The functions that answer a message, by model. */
const talkers = new Map();
const joining = new Set();
let chosen;

/** Opens the dialog of a model, or selects a loaded model for the chat. */
function choose(key) {
  if (talkers.has(key)) return talkTo(key);
  document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: key }));
}

function talkTo(key) {
  chosen = key;
  byId('composer-label').textContent = `Message to ${definitions[key].name}`;
  byId('send').disabled = false;
  byId('message').focus();
}

/** Removes a model from the chat whose worker was replaced. */
function forget(key) {
  talkers.delete(key);
  if (chosen !== key) return;
  chosen = undefined;
  byId('composer-label').textContent = 'Message';
  byId('send').disabled = true;
}

/** Waits for a download that the dialog has started, through all its retries. */
async function joinWhenLoaded(key) {
  if (joining.has(key)) return;
  joining.add(key);
  try {
    talkers.set(key, await placeOf(key).load(key));
    conversation.say(definitions[key].name, 'I am ready. Write a message.');
    if (!chosen) talkTo(key);
  } catch {
    // The dialog and the recovery show the reason.
  } finally {
    joining.delete(key);
  }
}

/** @param {[string, { name: string, files?: { size: number }[] }]} entry */
function drawModel([key, { name, files }]) {
  const size = files?.reduce((sum, file) => sum + file.size, 0);
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'model' });
  const status = document.createElement('span');
  button.append(name, status);
  button.addEventListener('click', () => choose(key));
  const draw = (state) => {
    status.textContent = state?.status === 'completed' ? 'ready' : size ? formatBytes(size, 'en') : '';
  };
  draw();
  placeOf(key).downloads.subscribe(key, draw);
  const item = document.createElement('li');
  item.append(button);
  return item;
}

/** Reloads the page with the current choices. */
function openAnew() {
  location.search = `?version=${byId('version').value}${byId('worker').checked ? '&worker' : ''}`;
}

document.addEventListener('model-download-change', ({ detail: { modelKey, state, previousStatus } }) => {
  if (state.status === previousStatus || !(modelKey in definitions)) return;
  if (state.status === 'paused' || state.status === 'checking') conversation.follow(modelKey);
  // The dialog's button starts the load; this call joins it and returns the pipeline.
  if (state.status === 'queued') joinWhenLoaded(modelKey);
  if (state.status === 'idle') forget(modelKey);
});

/** Shows a message to the chosen model, and its answer. */
async function ask(message) {
  const { name } = definitions[chosen];
  conversation.say('You', message);
  conversation.say(name, await talkers.get(chosen)(message));
}

byId('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const input = byId('message');
  const message = input.value.trim();
  input.value = '';
  ask(message);
});
byId('version').value = String(version);
byId('worker').checked = isInWorker;
for (const id of ['version', 'worker']) byId(id).addEventListener('change', openAnew);
byId('forget').addEventListener('click', async () => {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
  location.reload();
});
byId('models').append(...Object.entries(localModels).map(drawModel));
byId('public-models').append(...Object.entries(publicModels).map(drawModel));
defineModelStorage();
// After all listeners are added: connect() announces the state of an earlier visit at once.
localPlace.downloads.connect(document);
publicPlace.downloads.connect(document);
await drawFaultSwitches(byId('faults'), localPlace.fillDisk);

const modelKey = 'local/medium-chat';
const story = new Story({
  downloads: localPlace.downloads,
  modelKey,
  button: byId('show'),
  line: byId('line'),
  dialog: document.querySelector('model-download-dialog'),
  ask: async (message) => {
    talkers.set(modelKey, await localPlace.load(modelKey));
    talkTo(modelKey);
    await ask(message);
  },
});
story.continue();
