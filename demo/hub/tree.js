import { createHash } from 'node:crypto';

/** @typedef {import('./repositories.js').Repository} Repository @typedef {import('./repositories.js').StoredFile} StoredFile */

const mostPerPage = 1000;

/** The commit of every revision of every model. */
export const commit = createHash('sha1').update('model-download demo').digest('hex');

/**
 * A page of a model's files and folders, in the hub's format.
 *
 * @param {Repository} repository
 * @param {URLSearchParams} query `recursive`, `limit` and `cursor`.
 * @param {string} [folder]
 * @returns {{ entries: Record<string, unknown>[], next: string | undefined }}
 */
export function listTree(repository, query, folder = '') {
  const all = entriesOf(repository, folder, query.get('recursive') === 'true');
  const requested = Number.parseInt(query.get('limit') ?? '', 10);
  const limit = requested > 0 ? Math.min(requested, mostPerPage) : mostPerPage;
  const start = Number(Buffer.from(query.get('cursor') ?? '', 'base64url').toString()) || 0;
  const end = start + limit;
  const next = end < all.length ? Buffer.from(String(end)).toString('base64url') : undefined;
  return { entries: all.slice(start, end), next };
}

/** @param {Repository} repository */
export function modelInfo({ id, task, files }) {
  return {
    _id: createHash('sha1').update(id).digest('hex').slice(0, 24),
    id,
    modelId: id,
    author: id.split('/')[0],
    sha: commit,
    private: false,
    gated: false,
    pipeline_tag: task,
    library_name: 'transformers.js',
    siblings: [...files.keys()].map((rfilename) => ({ rfilename })),
  };
}

/**
 * @param {Repository} repository
 * @param {string} folder
 * @param {boolean} recursive
 */
function entriesOf({ files }, folder, recursive) {
  const prefix = folder === '' ? '' : `${folder}/`;
  const inside = [...files.values()].filter(({ path }) => path.startsWith(prefix));
  const isHere = (/** @type {string} */ path) => recursive || !path.slice(prefix.length).includes('/');
  const folders = new Set(inside.flatMap(({ path }) => parents(path)).filter((path) => path.startsWith(prefix) && path !== folder));
  return [...[...folders].filter(isHere).map(folderEntry), ...inside.filter(({ path }) => isHere(path)).map(fileEntry)];
}

/** @param {string} path */
function parents(path) {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** @param {string} path */
function folderEntry(path) {
  return { type: 'directory', oid: createHash('sha1').update(path).digest('hex'), size: 0, path };
}

/** @param {StoredFile} file */
function fileEntry({ path, size, oid, sha256, large, pointerSize }) {
  return { type: 'file', oid, size, path, ...(large && { lfs: { oid: sha256, size, pointerSize } }) };
}
