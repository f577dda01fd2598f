// `npm run screenshots -- [mode,…] [--lang de,…]`: renders every state in every mode and language, dialog and
// inline, for a review, and one sheet of each. The page forbids inline styles and scripts, as
// strict sites do.
import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from '../browsers/find-chromium.js';
import { detailOf, states } from '../../demo/site/states.js';

const root = join(import.meta.dirname, '../..');
const out = join(root, 'build/screenshots');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";

/** @type {Record<string, { lang?: string, width?: number, colorScheme?: 'dark', forcedColors?: 'active' }>} */
const modes = {
  light: {},
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  rtl: { lang: 'ar' },
  narrow: { width: 320 },
};
const rightToLeft = ['ar', 'fa', 'he'];

const css = ':root{color-scheme:light dark;font-family:system-ui}body{margin:16px}';
const body = `<h1>Chat</h1>
  <p><model-progress-mini model-key="phi"></model-progress-mini></p>
  <download-recovery model-key="phi"></download-recovery>
  <model-download-dialog model-key="phi"></model-download-dialog>`;

const server = createServer(async ({ url }, response) => {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
  if (pathname === '/page.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(css);
  if (pathname.endsWith('.js')) {
    const script = await readFile(join(root, 'dist/cdn', basename(pathname)));
    return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
  }
  const head = '<meta charset="utf-8"><link rel="stylesheet" href="/page.css"><script type="module" src="/model-download.js"></script>';
  const lang = searchParams.get('lang') ?? 'en';
  const dir = rightToLeft.includes(lang) ? 'rtl' : 'ltr';
  const page = `<!doctype html><html lang="${lang}" dir="${dir}">${head}${body}</html>`;
  response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(page);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

const { executablePath, args } = await findChromium();
const browser = await chromium.launch({ executablePath, args });
const { positionals, values } = parseArgs({ allowPositionals: true, options: { lang: { type: 'string' } } });
for (const mode of positionals[0]?.split(',') ?? Object.keys(modes)) {
  for (const lang of values.lang?.split(',') ?? [modes[mode]?.lang ?? 'en']) await drawMode(mode, lang);
}
await browser.close();
server.close();

/**
 * @param {string} mode
 * @param {string} lang
 */
async function drawMode(mode, lang) {
  const sheet = lang === (modes[mode]?.lang ?? 'en') ? mode : `${mode}-${lang}`;
  const { width = 640, colorScheme = 'light', forcedColors = 'none' } = modes[mode] ?? {};
  const context = await browser.newContext({ viewport: { width, height: 560 }, colorScheme, forcedColors });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(sheet, message.text()));
  page.on('pageerror', (error) => console.error(sheet, error.message));
  await mkdir(join(out, sheet), { recursive: true });
  const shots = [];
  for (const [name, state] of Object.entries(states)) {
    await page.goto(`${origin}/?lang=${lang}`);
    // The texts are loaded when a dialog opens.
    await page.locator('model-download-dialog').evaluate((dialog) => dialog.toggleAttribute('open', true));
    await page.locator(`model-download-dialog [part=dialog][lang="${lang}"]`).waitFor();
    await page.locator('model-download-dialog').evaluate((dialog) => dialog.toggleAttribute('open', false));
    await page.evaluate((detail) => {
      document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
    }, detailOf(state));
    await drawn(page);
    shots.push({ name: `${name}, inline`, image: await page.screenshot({ path: join(out, sheet, `${name}-inline.png`) }) });
    await page.locator('model-download-dialog').evaluate((dialog) => dialog.toggleAttribute('open', true));
    if (state.showsFiles) await page.locator('model-download-dialog [part=toggle]').click();
    await drawn(page);
    shots.push({ name, image: await page.screenshot({ path: join(out, sheet, `${name}-dialog.png`) }) });
  }
  await context.close();
  await drawSheets(sheet, shots, width);
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

async function drawSheets(sheet, shots, width) {
  for (const kind of ['inline', 'dialog']) {
    const chosen = shots.filter(({ name }) => name.endsWith(', inline') === (kind === 'inline'));
    const columns = Math.floor(1920 / width);
    const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 16, height: 600 } });
    const figures = chosen.map(
      ({ name, image }) => `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${image.toString('base64')}"></figure>`,
    );
    const grid = `display:grid;grid-template-columns:repeat(${columns},auto);gap:8px;margin:8px;font:14px sans-serif`;
    await page.setContent(`<body style="${grid}"><style>figure{margin:0}</style>${figures.join('')}`);
    await writeFile(join(out, `${sheet}-${kind}.png`), await page.screenshot({ fullPage: true }));
    await page.close();
  }
}
