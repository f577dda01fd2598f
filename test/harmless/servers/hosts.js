// The hosts of a row before their behaviours: a hub of models, and one for the files of the ONNX Runtime.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { answerEntity, notFound } from './http.js';
import { listingOf, readModelFile } from './models.js';

const modules = join(import.meta.dirname, '../../../node_modules');

/** Where each version's runtime is. */
const runtimeFolders = {
  2: '@xenova/transformers/dist',
  3: 'transformers-v3/dist',
  4: 'transformers-v4/node_modules/onnxruntime-web/dist',
};

/** @type {Map<string, import('./http.js').Entity>} */
const runtimeFiles = new Map();

/**
 * Answers `…/{owner}/{model}/resolve/{revision}/{file}`, below any folder, and the listing of the same model.
 *
 * @param {import('./models.js').Model} model
 * @returns {import('./http.js').Handler}
 */
export function hub(model) {
  return (question) => {
    if (question.method === 'OPTIONS') return allowed(question);
    const { pathname } = question.url;
    if (pathname.includes(`/api/models/${model.id}/tree/`)) {
      const body = Buffer.from(JSON.stringify(listingOf(model)));
      return answerEntity({ body, headers: { 'Content-Type': 'application/json' } }, question);
    }
    const [, path] = /\/resolve\/[^/]+\/(.+)$/.exec(pathname) ?? [];
    return answerFile(model, pathname.includes(`${model.id}/`) ? path : undefined, question);
  };
}

/**
 * Answers `…/models/{owner}/{model}/{file}`, as a page's own server does that brings the model.
 *
 * @param {import('./models.js').Model} model
 * @returns {import('./http.js').Handler}
 */
export function localModels(model) {
  return (question) => answerFile(model, question.url.pathname.split(`/models/${model.id}/`)[1], question);
}

/**
 * @param {import('./models.js').Model} model
 * @param {string | undefined} path
 * @param {import('./http.js').Question} question
 */
function answerFile(model, path, question) {
  const entity = path === undefined ? undefined : readModelFile(model, path);
  return entity ? answerEntity(entity, question) : notFound;
}

/**
 * @param {number} version
 * @returns {import('./http.js').Handler}
 */
export function runtimeHost(version) {
  return (question) => {
    if (question.method === 'OPTIONS') return allowed(question);
    const entity = readRuntimeFile(join(modules, runtimeFolders[version], basename(question.url.pathname)));
    return entity ? answerEntity(entity, question) : notFound;
  };
}

/**
 * @param {number} version Of Transformers.js.
 * @returns {number} The bytes of its largest runtime file: which one a load needs depends on the browser.
 */
export function runtimeSize(version) {
  const folder = join(modules, runtimeFolders[version]);
  const files = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  return Math.max(...files.map((name) => statSync(join(folder, name)).size));
}

/** @param {string} path */
function readRuntimeFile(path) {
  if (!existsSync(path)) return undefined;
  const known = runtimeFiles.get(path);
  if (known) return known;
  const entity = {
    body: readFileSync(path),
    headers: {
      'Content-Type': path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Accept-Ranges': 'bytes',
      ETag: `"${basename(path)}-1"`,
    },
  };
  runtimeFiles.set(path, entity);
  return entity;
}

/** @param {import('./http.js').Question} question */
function allowed({ headers }) {
  return {
    status: 204,
    headers: {
      'Access-Control-Allow-Methods': 'GET, HEAD',
      'Access-Control-Allow-Headers': headers['access-control-request-headers'],
    },
  };
}
