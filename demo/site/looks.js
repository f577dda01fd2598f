// Every state beside its event, and the tokens that change the appearance.
import {
  defineModelStorage,
  ModelDownloadChangeEvent,
  ModelDownloadOpenRequestEvent,
  ModelDownloadQueryEvent,
} from '/dist/cdn/model-download.js';
import { detailOf, states } from './states.js';
import { downloadStates, storageStates } from './storage-states.js';

const byId = (id) => document.getElementById(id);
/** @type {any} Its elements are accessed by their names. */
const settings = byId('settings');
const details = new Map(Object.entries(states).map(([name, state]) => [name, detailFor(name, state)]));

/** The manifest is the only source of the tokens. */
const manifest = await (await fetch('/custom-elements.json')).json();
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const tokens = new Map(elements.flatMap(({ cssProperties }) => cssProperties.map((token) => [token.name, token])));

/** Each state belongs to a separate download, so that the page can show all of them at once. */
function detailFor(name, state) {
  const detail = detailOf(state);
  return { ...detail, modelKey: name, state: { ...detail.state, modelKey: name } };
}

function drawToken({ name, description, default: value = '' }) {
  const input = Object.assign(document.createElement('input'), { name, placeholder: value, title: description });
  const label = Object.assign(document.createElement('label'), { className: 'field' });
  label.append(name.replace('--model-download-', ''), input);
  return label;
}

function drawState([name, detail]) {
  const section = Object.assign(document.createElement('section'), { className: 'state' });
  const drawn = Object.assign(document.createElement('div'), { className: 'drawn' });
  for (const tag of ['model-progress-mini', 'download-recovery']) {
    const element = document.createElement(tag);
    element.setAttribute('model-key', name);
    drawn.append(element);
  }
  const open = Object.assign(document.createElement('button'), { type: 'button', textContent: `Open the dialog: ${name}` });
  open.addEventListener('click', () => document.dispatchEvent(new ModelDownloadOpenRequestEvent({ modelKey: name })));
  drawn.append(open);
  const code = Object.assign(document.createElement('pre'), { tabIndex: 0, textContent: codeOf(detail) });
  section.append(Object.assign(document.createElement('h2'), { textContent: name }), drawn, code);
  return section;
}

/** A `<model-storage>`, whose query is answered by its own section. */
function drawStorage([name, report]) {
  const section = Object.assign(document.createElement('section'), { className: 'state' });
  const drawn = Object.assign(document.createElement('div'), { className: 'drawn' });
  section.addEventListener('model-storage-query', ({ detail }) => detail.answer(Promise.resolve(report)));
  section.addEventListener(ModelDownloadQueryEvent.eventName, ({ detail: { modelKey, answer } }) => {
    const state = downloadStates[modelKey];
    if (state && report.models.some((model) => model.modelKey === modelKey && model.status === state.status))
      answer(detailOf({ ...state, modelKey }).state, undefined);
  });
  drawn.append(document.createElement('model-storage'));
  const code = `addEventListener('model-storage-query', ({ detail }) => {\n  detail.answer(Promise.resolve(${JSON.stringify(report, undefined, 2).replace(/\n/g, '\n  ')}));\n});`;
  const shown = Object.assign(document.createElement('pre'), { tabIndex: 0, textContent: code });
  section.append(Object.assign(document.createElement('h2'), { textContent: `storage: ${name}` }), drawn, shown);
  return section;
}

function codeOf({ modelKey, state }) {
  const shown = JSON.stringify(
    state,
    (_, value) => (typeof value === 'string' && value.length > 100 ? `${value.slice(0, 40)}…` : value),
    2,
  );
  return `document.dispatchEvent(new ModelDownloadChangeEvent({\n  modelKey: '${modelKey}',\n  state: ${shown.replace(/\n/g, '\n  ')},\n}));`;
}

function apply() {
  const { scheme, density, language } = settings.elements;
  const root = document.documentElement;
  root.style.colorScheme = scheme.value;
  root.lang = language.value;
  root.dir = language.selectedOptions[0].dataset.direction ?? 'ltr';
  for (const element of document.querySelectorAll(elements.map(({ tagName }) => tagName).join())) {
    element.density = density.value || undefined;
  }
  const chosen = [...tokens.keys()].map((name) => [name, settings.elements[name].value.trim()]);
  for (const [name, value] of chosen) root.style.setProperty(name, value);
  byId('css').textContent = `:root {\n${chosen
    .filter(([, value]) => value)
    .map(([name, value]) => `  ${name}: ${value};\n`)
    .join('')}}`;
}

// An element that is connected later sends a query, which a page without a ModelDownloads answers itself.
document.addEventListener(ModelDownloadQueryEvent.eventName, ({ detail: { modelKey, answer } }) => {
  const known = details.get(modelKey);
  if (known) answer(known.state, known.aggregate);
});
byId('tokens').append(...[...tokens.values()].map(drawToken));
byId('states').append(...[...details].map(drawState));
await defineModelStorage();
byId('states').append(...Object.entries(storageStates).map(drawStorage));
for (const detail of details.values()) document.dispatchEvent(new ModelDownloadChangeEvent(detail));
settings.addEventListener('input', apply);
settings.addEventListener('reset', () => setTimeout(apply));
settings.addEventListener('submit', (event) => event.preventDefault());
apply();
