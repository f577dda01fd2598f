// `npm run screenshots:storage -- [mode,…] [--lang de,…]`: renders every state of <model-storage> in every mode and language.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadStates, storageStates } from '../../demo/site/storage-states.js';
import { commonModes, drawModes, plainPage, root } from './studio.js';

const out = join(root, 'build/screenshots/storage');

const content = {
  css: plainPage,
  body: '<main></main>',
  script: "import { defineModelStorage } from './model-download.js'; await defineModelStorage();",
};

/** What is done before a picture of the first state, by the name of the picture. */
const steps = {
  pending: async (page) => {
    await page.locator('model-storage [part~=delete]').first().click();
    await page.mouse.move(0, 0);
  },
  'pending-held': async (page) => page.locator('model-storage [part~=delete]').first().click(),
  'persist-refused': async (page) => {
    await page.locator('model-storage [part~=persist]').click();
    await page.locator('model-storage [part~=persist]').blur();
  },
};

await mkdir(out, { recursive: true });
await drawModes(
  { modes: commonModes, viewport: { width: 560, height: 400 }, content },
  async ({ sheet, lang, mode, page, url }, drawSheet) => {
    const shots = [];
    for (const name of [...Object.keys(storageStates), ...Object.keys(steps), 'checking', 'unreadable']) {
      await page.goto(url);
      const report = storageStates[name] ?? storageStates.models;
      await page.evaluate(show, { name, report, states: downloadStates, density: mode.density ?? '' });
      await page.locator(`model-storage [part=storage][lang="${lang}"]`).waitFor();
      if (name !== 'checking') await page.locator('model-storage:state(checking)').waitFor({ state: 'detached' });
      await page.waitForTimeout(200);
      await steps[name]?.(page);
      await page.waitForTimeout(50);
      shots.push({ name, image: await page.screenshot({ fullPage: true }) });
    }
    await drawSheet(join(out, `${sheet}.png`), shots);
  },
);

/** Shows an element in a page that answers its queries. */
function show({ name, report, states, density }) {
  const pending = new Promise(() => undefined);
  const answers = { checking: pending, unreadable: Promise.reject(new Error('unreadable')) };
  answers.unreadable.catch(() => undefined);
  document.addEventListener('model-storage-query', ({ detail }) => detail.answer(answers[name] ?? Promise.resolve(report)));
  document.addEventListener('model-storage-persist-request', ({ detail }) => detail.answer(Promise.resolve(false)));
  document.addEventListener('model-download-query', ({ detail }) => {
    const state = states[detail.modelKey];
    if (state) detail.answer({ modelKey: detail.modelKey, modelName: detail.modelKey, attempt: 0, maxAttempts: 3, ...state }, undefined);
  });
  const element = document.createElement('model-storage');
  if (density) element.setAttribute('density', density);
  document.querySelector('main')?.append(element);
}
