// The page's server: the page, Transformers.js and the package, which a browser caches for good like the files of a CDN.
import { existsSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { encoded, stack } from '../../../test/harmless/servers/behaviours.js';
import { answerEntity, notFound } from '../../../test/harmless/servers/http.js';

const root = join(import.meta.dirname, '../../..');

/** The folders that the page may read. */
const FOLDERS = /^\/(dist|node_modules|test\/harmless\/page|tools\/bench\/loads\/page)\//;

const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** @type {Map<string, import('../../../test/harmless/servers/http.js').Entity>} */
const entities = new Map();

/** @type {import('../../../test/harmless/servers/http.js').Handler} */
export const pageHost = stack([encoded('gzip')], (question) => {
  const { pathname } = question.url;
  const entity = FOLDERS.test(pathname) && !pathname.includes('..') ? read(pathname) : undefined;
  return entity ? answerEntity(entity, question) : notFound;
});

/** @param {string} pathname */
function read(pathname) {
  const known = entities.get(pathname);
  if (known) return known;
  const path = join(root, pathname);
  const type = types[extname(path)];
  if (!type || !existsSync(path)) return undefined;
  const cache = type === types['.html'] ? 'no-store' : 'public, max-age=31536000, immutable';
  const entity = { body: readFileSync(path), headers: { 'Content-Type': type, 'Cache-Control': cache } };
  entities.set(pathname, entity);
  return entity;
}
