// The page's own server: the page, the package, Transformers.js, and the result of the visit.
import { createServer } from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { stack } from './behaviours.js';
import { localModels } from './hosts.js';
import { notFound } from './http.js';
import { listen } from './listen.js';
import { answerWith } from './serve.js';

const root = join(import.meta.dirname, '../../..');

/** Address of a folder → where it is. */
const folders = {
  '/dist/': 'dist',
  '/bundle/': 'build/harmless',
  '/node_modules/': 'node_modules',
  '/page/': 'test/harmless/page',
};

/** Sandboxed frames have no origin, so this server is cross-origin for them. */
const setHeaders = (response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
  response.setHeader('Service-Worker-Allowed', '/');
};

const routes = Object.entries(folders).map(([prefix, folder]) => ({ prefix, answer: sirv(join(root, folder), { dev: true, setHeaders }) }));

/**
 * @param {import('../rows/row.js').Row} row
 * @param {import('./log.js').RequestLog} log
 * @param {import('./models.js').Model} model
 * @returns {Promise<{ url: string, setPolicy: (policy: string | undefined) => void, outcomes: (count: number) => Promise<import('../page/visit.js').Outcome[]>, close: () => Promise<void> }>}
 */
export async function servePage(row, log, model) {
  /** @type {string | undefined} */
  let policy;
  /** @type {(outcome: import('../page/visit.js').Outcome) => void} */
  let tell = () => {};
  const answerModel = row.page ? stack(row.page, localModels(model)) : () => notFound;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page');
    const route = routes.find(({ prefix }) => pathname.startsWith(prefix));
    for (const [name, value] of Object.entries(row.pageHeaders ?? {})) response.setHeader(name, value);
    if (policy) response.setHeader('Content-Security-Policy', policy);
    if (pathname === '/outcome') return void readText(request).then((text) => (response.end(), tell(JSON.parse(text))));
    if (pathname === '/' || pathname.endsWith('/index.html')) return void sendPage(response, row, `http://${request.headers.host}`);
    if (!route) return void answerWith(response, answerModel, log.begin('page', request), request);
    request.url = request.url?.slice(route.prefix.length - 1);
    route.answer(request, response, () => void response.writeHead(404).end('Not found'));
  });
  const { port, close } = await listen(server);
  const url = `http://${row.pageHost ?? '127.0.0.1'}:${port}/`;
  return {
    url,
    setPolicy: (text) => (policy = text),
    outcomes: (count) =>
      new Promise((resolve) => {
        /** @type {import('../page/visit.js').Outcome[]} */
        const told = [];
        tell = (outcome) => {
          if (told.push(outcome) === count) resolve(told);
        };
      }),
    close,
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {import('../rows/row.js').Row} row
 * @param {string} origin Relative addresses of scripts would follow the base.
 */
function sendPage(response, { baseHref, environments = [] }, origin) {
  const base = baseHref === undefined ? '' : `<base href="${baseHref}">`;
  const scripts = environments.map((name) => `<script src="${origin}/page/environments/${name}.js"></script>`).join('');
  setHeaders(response);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>A visit</title><link rel="icon" href="data:,">${base}${scripts}<script type="module" src="${origin}/page/main.js"></script></html>`,
  );
}

/** @param {import('node:http').IncomingMessage} request */
async function readText(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
