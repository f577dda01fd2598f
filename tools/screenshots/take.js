// `npm run screenshots -- [mode,…] [--lang de,…]`: renders every state in every mode and language, dialog and
// inline, for a review, and one sheet of each.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { detailOf, states } from '../../demo/site/states.js';
import { commonModes, drawModes, root } from './studio.js';

const out = join(root, 'build/screenshots');

const content = {
  css: ':root{color-scheme:light dark;font-family:system-ui}body{margin:16px}',
  body: `<h1>Chat</h1>
  <p><model-progress-mini model-key="phi"></model-progress-mini></p>
  <download-recovery model-key="phi"></download-recovery>
  <model-download-dialog model-key="phi"></model-download-dialog>`,
  script: "import './model-download.js';",
};

await drawModes(
  { modes: commonModes, viewport: { width: 640, height: 560 }, content },
  async ({ sheet, lang, mode, page, url }, drawSheet) => {
    await mkdir(join(out, sheet), { recursive: true });
    const [inline, dialogs] = [[], []];
    const dialog = page.locator('model-download-dialog');
    const setOpen = (isOpen) => dialog.evaluate((element, open) => element.toggleAttribute('open', open), isOpen);
    for (const [name, state] of Object.entries(states)) {
      await page.goto(url);
      await page.evaluate(setDensity, mode.density);
      // The texts are loaded when a dialog opens.
      await setOpen(true);
      await page.locator(`model-download-dialog [part=dialog][lang="${lang}"]`).waitFor();
      await setOpen(false);
      await page.evaluate((detail) => {
        document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
      }, detailOf(state));
      await drawn(page);
      inline.push({ name: `${name}, inline`, image: await page.screenshot({ path: join(out, sheet, `${name}-inline.png`) }) });
      await setOpen(true);
      if (state.showsFiles) await page.locator('model-download-dialog [part=toggle]').click();
      await drawn(page);
      dialogs.push({ name, image: await page.screenshot({ path: join(out, sheet, `${name}-dialog.png`) }) });
    }
    await drawSheet(join(out, `${sheet}-inline.png`), inline);
    await drawSheet(join(out, `${sheet}-dialog.png`), dialogs);
  },
);

/** @param {string | undefined} density Of all elements. */
function setDensity(density) {
  if (density === undefined) return;
  for (const element of document.querySelectorAll('model-progress-mini, download-recovery, model-download-dialog'))
    element.setAttribute('density', density);
}

/** Two frames: one to render the elements, one to show them. */
async function drawn(page) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter(({ playState }) => playState === 'running')
        .map((animation) => animation.effect?.getTiming().iterations === Infinity || animation.finished),
    ),
  );
}
