// `npm run screenshots:start -- [mode,…] [--lang de,…]`: renders what a user decides by before a start and after a reload.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { detailOf, states } from '../../demo/site/states.js';
import { commonModes, drawModes, plainPage, root } from './studio.js';

const out = join(root, 'build/screenshots/start');

const modes = { ...commonModes, german: { lang: 'de' } };

const content = {
  css: plainPage,
  body: `<model-progress-mini model-key="phi"></model-progress-mini>
  <model-download-dialog model-key="phi"></model-download-dialog>`,
  script: "import './model-download.js';",
};

const idle = { ...states.idle, lastSpeed: 3_240_000 };
const variants = states['idle-variants'];

/** @type {Record<string, { state: object, connection?: object, hasTerms?: boolean, isInline?: boolean, step?: (page: import('playwright-core').Page) => Promise<void> }>} */
const pictures = {
  'saves-data': { state: idle, connection: { saveData: true } },
  'mobile-data': { state: idle, connection: { type: 'cellular' } },
  slow: { state: { ...idle, lastSpeed: undefined }, connection: { effectiveType: '3g' } },
  variants: { state: variants },
  'variants-other': { state: variants, step: (page) => page.locator('[part=variant]').last().click() },
  'variants-focus': { state: variants, step: (page) => page.keyboard.press('Tab').then(() => page.keyboard.press('Tab')) },
  terms: { state: idle, hasTerms: true },
  'terms-refused': { state: idle, hasTerms: true, step: (page) => page.locator('[part~=start]').click() },
  everything: {
    state: { ...variants, lastSpeed: 3_240_000 },
    connection: { type: 'cellular' },
    hasTerms: true,
    step: (page) => page.locator('[part~=start]').click(),
  },
  restored: { state: states.restored },
  'restored-mobile-data': { state: { ...states.restored, lastSpeed: 3_240_000 }, connection: { type: 'cellular' } },
  'restored-inline': { state: states.restored, isInline: true },
  'restored-long-name': {
    state: { ...states.restored, modelName: 'a-publisher/An-Instructed-Model-1.5B-with-a-long-name' },
    isInline: true,
  },
  'restored-unknown-inline': { state: { ...states.restored, kept: undefined }, isInline: true },
};

await mkdir(out, { recursive: true });
await drawModes({ modes, viewport: { width: 560, height: 640 }, content }, async ({ sheet, lang, mode, page, url }, drawSheet) => {
  const shots = [];
  for (const [name, { state, connection = {}, hasTerms, isInline, step }] of Object.entries(pictures)) {
    await page.goto(url);
    await page.evaluate(show, { connection, hasTerms, isInline, density: mode.density ?? '', detail: detailOf(state) });
    const shown = isInline ? 'model-progress-mini [part=mini]' : 'model-download-dialog [part=dialog]';
    await page.locator(`${shown}[lang="${lang}"]`).waitFor();
    await page.waitForTimeout(150);
    await step?.(page);
    await page.waitForTimeout(100);
    shots.push({ name, image: await page.screenshot({ fullPage: true }) });
  }
  await drawSheet(join(out, `${sheet}.png`), shots);
});

/** Shows a state on a device with a connection. */
function show({ connection, hasTerms, isInline, density, detail }) {
  Object.defineProperty(navigator, 'connection', { configurable: true, value: Object.assign(new EventTarget(), connection) });
  document.addEventListener('model-download-query', (event) => event.detail.answer(detail.state, undefined));
  const dialog = document.querySelector('model-download-dialog');
  if (hasTerms) {
    const terms = document.createElement('label');
    terms.slot = 'terms';
    terms.innerHTML = '<input type="checkbox" required> I accept the <a href="#licence">licence of the model</a>';
    dialog?.append(terms);
  }
  for (const element of [dialog, document.querySelector('model-progress-mini')]) {
    if (density) element?.setAttribute('density', density);
    document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
  }
  dialog?.toggleAttribute('open', !isInline);
}
