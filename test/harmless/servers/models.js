// The made models, and how a hub lists them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureModels } from '../../../demo/models/ensure-models.js';

const modelsDir = join(import.meta.dirname, '../../../.models');

/** From this size on hubs keep files in a store of large files, by their SHA-256. */
const LARGE = 1_000_000;

/** @typedef {import('../../../demo/models/ensure-models.js').ManifestModel & { dir?: string }} Model `dir`: where it is, if not with the others. */

/** @type {Map<string, import('./http.js').Entity>} */
const entities = new Map();

/** @returns {Promise<Map<string, Model>>} Models by the last part of their name, such as `tiny-chat`. */
export async function readModels() {
  const { models } = await ensureModels({ dir: modelsDir });
  return new Map(models.map((model) => [model.id.split('/')[1], model]));
}

/**
 * @param {Model} model
 * @param {string} path
 * @returns {import('./http.js').Entity | undefined}
 */
export function readModelFile({ id, files, dir = modelsDir }, path) {
  const file = files.find((one) => one.path === path);
  if (!file) return undefined;
  const key = `${id}/${path}`;
  const known = entities.get(key);
  if (known) return known;
  const entity = {
    // Files of several names can have the same content.
    body: readFileSync(join(dir, id, file.source ?? path)),
    headers: {
      'Content-Type': path.endsWith('.json') ? 'application/json' : 'application/octet-stream',
      'Accept-Ranges': 'bytes',
      'Last-Modified': 'Tue, 14 Jan 2025 10:00:00 GMT',
      ETag: `"${file.sha256}"`,
    },
  };
  entities.set(key, entity);
  return entity;
}

/** @param {Model} model */
export function listingOf(model) {
  return model.files.map(({ path, size, sha256 }) => {
    if (size >= LARGE)
      return { type: 'file', oid: gitHash(pointer(size, sha256)), size, path, lfs: { oid: sha256, size, pointerSize: 134 } };
    const { body } = /** @type {import('./http.js').Entity} */ (readModelFile(model, path));
    return { type: 'file', oid: gitHash(body), size, path };
  });
}

/** @param {Buffer} content */
function gitHash(content) {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}

/**
 * @param {number} size
 * @param {string} sha256
 */
function pointer(size, sha256) {
  return Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`);
}
