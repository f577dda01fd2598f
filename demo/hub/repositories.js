import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * @typedef {{ path: string, size: number, sha256: string, oid: string, large: boolean, location: string, pointerSize: number }} StoredFile
 *   `oid` is git's hash of the file, or of the pointer that replaces a large file.
 * @typedef {{ id: string, task: string, name: string, files: Map<string, StoredFile> }} Repository
 * @typedef {import('../models/ensure-models.js').Manifest} Manifest
 */

const largeFrom = 1_000_000;

/**
 * Reads the models of a folder, as a hub lists them.
 *
 * @param {string} dir
 * @param {Manifest} manifest
 * @returns {Promise<Map<string, Repository>>}
 */
export async function readRepositories(dir, manifest) {
  /** @type {Map<string, Repository>} */
  const repositories = new Map();
  // One after another: for many models at once, a process would open more files than it may.
  for (const { id, name, task, files } of manifest.models) {
    const stored = await Promise.all(files.map((file) => describe(file, join(dir, id, file.path))));
    repositories.set(id, { id, name, task, files: new Map(stored.map((file) => [file.path, file])) });
  }
  return repositories;
}

/**
 * @param {import('../models/ensure-models.js').ManifestFile} file
 * @param {string} location
 * @returns {Promise<StoredFile>}
 */
async function describe({ path, size, sha256 }, location) {
  const large = size > largeFrom;
  const pointer = Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${size}\n`);
  const content = large ? pointer : await readFile(location);
  return { path, size, sha256, large, location, oid: gitHash(content), pointerSize: pointer.length };
}

/**
 * The hash of a blob in git.
 *
 * @param {Uint8Array} content
 */
export function gitHash(content) {
  return createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
}
