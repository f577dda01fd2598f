import { createHash } from 'node:crypto';
import { gitHash } from './repositories.js';
import { fileBody, otherVersion } from './body.js';

/** @typedef {import('./repositories.js').StoredFile} StoredFile */

/** @type {WeakMap<StoredFile, Promise<StoredFile>>} */
const known = new WeakMap();

/**
 * The entry of a listing for the other version of a file.
 *
 * @param {StoredFile} file
 * @returns {Promise<StoredFile>}
 */
export function replacedFile(file) {
  const described = known.get(file) ?? describe(file);
  known.set(file, described);
  return described;
}

/** @param {StoredFile} file */
async function describe(file) {
  const source = await fileBody(file.location, file.size);
  const bytes = await otherVersion(source).read(0, file.size).finally(source.close);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // The pointer of a large file has another content, too; it is never requested here.
  return { ...file, sha256, oid: file.large ? file.oid : gitHash(bytes) };
}
