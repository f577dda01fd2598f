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
  const short = name.replace('--model-download-', '');
  label.append(short, input);
  if (!name.endsWith('-color')) return label;
  const picker = Object.assign(document.createElement('input'), { type: 'color', ariaLabel: `Choose ${short}` });
  picker.dataset.token = name;
  // The event bubbles to the form afterwards, which applies the value.
  picker.addEventListener('input', () => (input.value = picker.value));
  const row = Object.assign(document.createElement('div'), { className: 'token' });
  row.append(label, picker);
  return row;
}

/** Code with a button that copies it. `subject` names it for those who do not see the code beside the button. */
function drawCode(text, subject) {
  const code = Object.assign(document.createElement('div'), { className: 'code' });
  const shown = Object.assign(document.createElement('pre'), { tabIndex: 0, textContent: text });
  const copy = Object.assign(document.createElement('button'), { type: 'button', textContent: 'Copy', ariaLabel: `Copy: ${subject}` });
  copy.addEventListener('click', async () => {
    await navigator.clipboard.writeText(shown.textContent);
    Object.assign(copy, { textContent: 'Copied', ariaLabel: `Copied: ${subject}` });
  });
  code.append(copy, shown);
  return code;
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
  section.append(Object.assign(document.createElement('h2'), { textContent: name }), drawn, drawCode(codeOf(detail), name));
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
  const title = `storage: ${name}`;
  section.append(Object.assign(document.createElement('h2'), { textContent: title }), drawn, drawCode(code, title));
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

/** Shows in each picker the color of its token on this page. The package's own colors are not known to a page. */
function showColors() {
  const probe = document.body.appendChild(document.createElement('span'));
  const canvas = Object.assign(document.createElement('canvas'), { width: 1, height: 1 });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  for (const picker of document.querySelectorAll('input[type="color"]')) {
    const { token } = /** @type {HTMLInputElement} */ (picker).dataset;
    const isSet = getComputedStyle(probe).getPropertyValue(token) !== '';
    picker.classList.toggle('unset', !isSet);
    if (!isSet) continue;
    probe.style.color = `var(${token})`;
    context.fillStyle = getComputedStyle(probe).color;
    context.fillRect(0, 0, 1, 1);
    const channels = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
    /** @type {HTMLInputElement} */ (picker).value = `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  }
  probe.remove();
}

function apply() {
  const { theme, scheme, density, language } = settings.elements;
  const sheet = /** @type {HTMLLinkElement} */ (byId('theme'));
  sheet.disabled = theme.value === '';
  if (theme.value) sheet.href = `/themes/${theme.value}.css`;
  const root = document.documentElement;
  root.style.colorScheme = scheme.value;
  root.lang = language.value;
  root.dir = language.selectedOptions[0].dataset.direction ?? 'ltr';
  for (const element of document.querySelectorAll(elements.map(({ tagName }) => tagName).join())) {
    element.density = density.value || undefined;
  }
  const chosen = [...tokens.keys()].map((name) => [name, settings.elements[name].value.trim()]);
  for (const [name, value] of chosen) root.style.setProperty(name, value);
  const lines = chosen.filter(([, value]) => value).map(([name, value]) => `  ${name}: ${value};\n`);
  const css = [theme.value && `@import 'model-download/themes/${theme.value}.css';`, lines.length > 0 && `:root {\n${lines.join('')}}`];
  byId('css').replaceChildren(drawCode(css.filter(Boolean).join('\n\n') || '/* The package needs no CSS. */', 'CSS'));
  showColors();
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
byId('theme').addEventListener('load', showColors);
settings.addEventListener('reset', () => setTimeout(apply));
settings.addEventListener('submit', (event) => event.preventDefault());
apply();
