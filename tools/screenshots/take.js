// `npm run screenshots [mode,…]`: draws every state in every mode, dialog and inline, for a person to
// look at, and one sheet per mode. The page forbids inline styles and scripts, as strict sites do.
import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../browsers/find-chromium.js';
import { detailOf, states } from './states.js';

const root = join(import.meta.dirname, '../..');
const out = join(root, 'build/screenshots');
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";

/** @type {Record<string, { dir?: string, width?: number, colorScheme?: 'dark', forcedColors?: 'active' }>} */
const modes = {
  light: {},
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  rtl: { dir: 'rtl' },
  narrow: { width: 320 },
};

const css = ':root{color-scheme:light dark;font-family:system-ui}body{margin:16px}';
const body = `<h1>Chat</h1>
  <p><model-progress-mini model-key="phi"></model-progress-mini></p>
  <download-recovery model-key="phi"></download-recovery>
  <model-download-dialog model-key="phi"></model-download-dialog>`;

const server = createServer(async ({ url }, response) => {
  const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
  if (pathname === '/page.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(css);
  if (pathname === '/model-download.js') {
    const script = await readFile(join(root, 'dist/cdn/model-download.js'));
    return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(script);
  }
  const head = '<meta charset="utf-8"><link rel="stylesheet" href="/page.css"><script type="module" src="/model-download.js"></script>';
  const page = `<!doctype html><html lang="en" dir="${searchParams.get('dir') ?? 'ltr'}">${head}${body}</html>`;
  response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(page);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;

const { executablePath, args } = await findChromium();
const browser = await chromium.launch({ executablePath, args });
const wanted = process.argv[2]?.split(',') ?? Object.keys(modes);
for (const mode of wanted) await drawMode(mode);
await browser.close();
server.close();

/** @param {string} mode */
async function drawMode(mode) {
  const { dir = 'ltr', width = 640, colorScheme = 'light', forcedColors = 'none' } = modes[mode] ?? {};
  const context = await browser.newContext({ viewport: { width, height: 560 }, colorScheme, forcedColors });
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && console.error(mode, message.text()));
  page.on('pageerror', (error) => console.error(mode, error.message));
  await mkdir(join(out, mode), { recursive: true });
  const shots = [];
  for (const [name, state] of Object.entries(states)) {
    await page.goto(`${origin}/?dir=${dir}`);
    await page.waitForFunction(() => customElements.get('model-download-dialog'));
    await page.evaluate((detail) => {
      document.dispatchEvent(new CustomEvent('model-download-change', { detail }));
    }, detailOf(state));
    await drawn(page);
    shots.push({ name: `${name}, inline`, image: await page.screenshot({ path: join(out, mode, `${name}-inline.png`) }) });
    await page.locator('model-download-dialog').evaluate((dialog) => dialog.toggleAttribute('open', true));
    if (state.showsFiles) await page.getByRole('button', { name: 'Show details' }).click();
    await drawn(page);
    shots.push({ name, image: await page.screenshot({ path: join(out, mode, `${name}-dialog.png`) }) });
  }
  await context.close();
  await drawSheets(mode, shots, width);
}

/** Two frames: one in which the elements draw, one in which that is on screen. */
async function drawn(page) {
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await page.evaluate(() => Promise.all(document.getAnimations().filter(({ playState }) => playState === 'running').map((animation) => animation.effect?.getTiming().iterations === Infinity || animation.finished)));
}

async function drawSheets(mode, shots, width) {
  for (const kind of ['inline', 'dialog']) {
    const chosen = shots.filter(({ name }) => name.endsWith(', inline') === (kind === 'inline'));
    const columns = Math.floor(1920 / width);
    const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 16, height: 600 } });
    const figures = chosen.map(
      ({ name, image }) => `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${image.toString('base64')}"></figure>`,
    );
    const grid = `display:grid;grid-template-columns:repeat(${columns},auto);gap:8px;margin:8px;font:14px sans-serif`;
    await page.setContent(`<body style="${grid}"><style>figure{margin:0}</style>${figures.join('')}`);
    await writeFile(join(out, `${mode}-${kind}.png`), await page.screenshot({ fullPage: true }));
    await page.close();
  }
}
