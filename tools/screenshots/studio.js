// What all screenshots share: a page as a strict site serves it, the modes and languages of the command line, and sheets.
import { createServer } from 'node:http';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from '../browsers/find-chromium.js';

export const root = join(import.meta.dirname, '../..');

const rightToLeft = ['ar', 'fa', 'he'];

/** The page forbids inline styles and scripts. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'";

/** The modes in which an element is drawn, whatever it shows. @type {Record<string, Mode>} */
export const commonModes = {
  light: {},
  dark: { colorScheme: 'dark' },
  forced: { forcedColors: 'active' },
  'forced-dark': { forcedColors: 'active', colorScheme: 'dark' },
  rtl: { lang: 'ar' },
  'narrow-320': { width: 320 },
  'narrow-240': { width: 240 },
  compact: { density: 'compact' },
};

/** The styles of a page that shows one element. */
export const plainPage = ':root{color-scheme:light dark;font-family:system-ui}body{margin:8px}';

/** The widest sheet, in px. */
const SHEET = 1920;

/**
 * @typedef {{ lang?: string, width?: number, colorScheme?: 'dark', forcedColors?: 'active', density?: string }} Mode
 * @typedef {{ css: string, body: string, script: string }} PageContent `script`: the text of the module that the page loads.
 * @typedef {{ sheet: string, lang: string, mode: Mode, width: number, page: import('playwright-core').Page, url: string }} Stage
 * @typedef {{ name: string, image: Buffer }} Shot
 */

/**
 * Draws the modes and languages that the command line names, by default all modes.
 *
 * @param {{ modes: Record<string, Mode>, viewport: { width: number, height: number }, content: PageContent }} settings
 * @param {(stage: Stage, sheetOf: (name: string, shots: Shot[]) => Promise<void>) => Promise<void>} draw Draws one mode in one language.
 */
export async function drawModes({ modes, viewport, content }, draw) {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { lang: { type: 'string' } } });
  const names = positionals[0]?.split(',') ?? Object.keys(modes);
  const unknown = names.filter((name) => !modes[name]);
  if (unknown.length > 0) throw new Error(`No mode is called ${unknown.join(', ')}. The modes: ${Object.keys(modes).join(', ')}`);
  const server = await serve(content);
  const { executablePath, args } = await findChromium();
  const browser = await chromium.launch({ executablePath, args });
  for (const name of names) {
    const mode = modes[name] ?? {};
    const { lang: own = 'en', width = viewport.width, colorScheme = 'light', forcedColors = 'none' } = mode;
    for (const lang of values.lang?.split(',') ?? [own]) {
      const sheet = lang === own ? name : `${name}-${lang}`;
      const context = await browser.newContext({ viewport: { ...viewport, width }, colorScheme, forcedColors });
      const page = await context.newPage();
      page.on('console', (message) => message.type() === 'error' && console.error(sheet, message.text()));
      page.on('pageerror', (error) => console.error(sheet, error.message));
      const stage = { sheet, lang, mode, width, page, url: `${server.origin}/?lang=${lang}` };
      await draw(stage, (path, shots) => drawSheet(browser, path, shots, width));
      await context.close();
    }
  }
  await browser.close();
  server.close();
}

/** @param {PageContent} content */
async function serve({ css, body, script }) {
  const server = createServer(async ({ url }, response) => {
    const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
    if (pathname === '/page.css') return response.writeHead(200, { 'Content-Type': 'text/css' }).end(css);
    if (pathname.endsWith('.js')) {
      const text = pathname === '/page.js' ? script : await readFile(join(root, 'dist/cdn', basename(pathname)));
      return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(text);
    }
    const lang = searchParams.get('lang') ?? 'en';
    const dir = rightToLeft.includes(lang) ? 'rtl' : 'ltr';
    const head = '<meta charset="utf-8"><link rel="stylesheet" href="/page.css"><script type="module" src="/page.js"></script>';
    const page = `<!doctype html><html lang="${lang}" dir="${dir}">${head}${body}</html>`;
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Security-Policy': policy }).end(page);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
  const address = server.address();
  return { origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`, close: () => server.close() };
}

/**
 * Writes one picture of several, with their names.
 *
 * @param {import('playwright-core').Browser} browser
 * @param {string} path
 * @param {Shot[]} shots
 * @param {number} width The width of each, in px.
 */
async function drawSheet(browser, path, shots, width) {
  const columns = Math.max(1, Math.floor(SHEET / (width + 8)));
  const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 16, height: 600 } });
  const figures = shots.map(
    ({ name, image }) => `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${image.toString('base64')}"></figure>`,
  );
  const grid = `display:grid;grid-template-columns:repeat(${columns},auto);gap:8px;margin:8px;font:14px sans-serif;align-items:start`;
  await page.setContent(`<body style="${grid}"><style>figure{margin:0}</style>${figures.join('')}`);
  await writeFile(path, await page.screenshot({ fullPage: true }));
  await page.close();
}
