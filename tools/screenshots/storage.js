// `node tools/screenshots/storage.js [mode,…] [--lang de,…]`: renders every state of <model-storage> in every mode and language.
import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { downloadStates, storageStates } from '../../demo/site/storage-states.js';
import { findChromium } from '../browsers/find-chromium.js';

const root = join(import.meta.dirname, '../..');
const out = join(root, 'build/screenshots/storage');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";

/** @type {Record<string, { lang?: string, width?: number, colorScheme?: 'dark', forcedColors?: 'active', density?: string }>} */
const modes = {
  light: {},
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  'forced-dark': { forcedColors: 'active', colorScheme: 'dark' },
  rtl: { lang: 'ar' },
  'narrow-320': { width: 320 },
  'narrow-240': { width: 240 },
  compact: { density: 'compact' },
};
const rightToLeft = ['ar', 'he'];
const css = ':root{color-scheme:light dark;font-family:system-ui}body{margin:8px}';

/** What is done before a picture of the first state, by the name of the picture. */
const steps = {
  pending: async (page) => page.locator('model-storage [part~=delete]').first().click(),
  'persist-refused': async (page) => {
    await page.locator('model-storage [part~=persist]').click();
    await page.locator('model-storage [part~=persist]').blur();
  },
};

const server = createServer(async ({ url }, response) => {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
  if (pathname === '/page.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(css);
  if (pathname === '/define.js') {
    const script = "import { defineModelStorage } from './model-download.js'; await defineModelStorage();";
    return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
  }
  if (pathname.endsWith('.js')) {
    const script = await readFile(join(root, 'dist/cdn', basename(pathname)));
    return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
  }
  const lang = searchParams.get('lang') ?? 'en';
  const dir = rightToLeft.includes(lang) ? 'rtl' : 'ltr';
  const head = '<meta charset="utf-8"><link rel="stylesheet" href="/page.css"><script type="module" src="/define.js"></script>';
  const page = `<!doctype html><html lang="${lang}" dir="${dir}">${head}<main></main></html>`;
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
  const { width = 560, colorScheme = 'light', forcedColors = 'none', density = '' } = modes[mode] ?? {};
  const context = await browser.newContext({ viewport: { width, height: 400 }, colorScheme, forcedColors });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(sheet, message.text()));
  page.on('pageerror', (error) => console.error(sheet, error.message));
  await mkdir(out, { recursive: true });
  const shots = [];
  for (const name of [...Object.keys(storageStates), ...Object.keys(steps), 'checking', 'unreadable']) {
    await page.goto(`${origin}/?lang=${lang}`);
    await page.evaluate(show, { name, report: storageStates[name] ?? storageStates.models, states: downloadStates, density });
    await page.locator(`model-storage [part=storage][lang="${lang}"]`).waitFor();
    if (name !== 'checking') await page.locator('model-storage:state(checking)').waitFor({ state: 'detached' });
    await page.waitForTimeout(200);
    await steps[name]?.(page);
    await page.waitForTimeout(50);
    shots.push({ name, image: await page.screenshot({ fullPage: true }) });
  }
  await context.close();
  await drawSheet(sheet, shots, width);
}

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

async function drawSheet(sheet, shots, width) {
  const columns = Math.max(1, Math.floor(1720 / width));
  const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 16, height: 600 } });
  const figures = shots.map(
    ({ name, image }) => `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${image.toString('base64')}"></figure>`,
  );
  const grid = `display:grid;grid-template-columns:repeat(${columns},auto);gap:8px;margin:8px;font:14px sans-serif;align-items:start`;
  await page.setContent(`<body style="${grid}"><style>figure{margin:0}</style>${figures.join('')}`);
  await writeFile(join(out, `${sheet}.png`), await page.screenshot({ fullPage: true }));
  await page.close();
}
