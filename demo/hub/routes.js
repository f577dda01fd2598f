/**
 * @typedef {{ kind: 'file', origin: 'hub' | 'cdn', model: string, file: string }} FileRoute
 * @typedef {FileRoute
 *   | { kind: 'tree', model: string, revision: string, folder: string }
 *   | { kind: 'info', model: string }
 *   | { kind: 'unknown' }} Route
 */

/**
 * Reads a path of the model hub. Every revision has the same files.
 *
 * @param {string} pathname
 * @returns {Route}
 */
export function hubRoute(pathname) {
  const parts = decode(pathname);
  if (parts[0] === 'api' && parts[1] === 'models') return apiRoute(parts.slice(2));
  const [owner, name, verb, revision, ...file] = parts;
  if (verb !== 'resolve' || !revision || file.length === 0) return { kind: 'unknown' };
  return { kind: 'file', origin: 'hub', model: `${owner}/${name}`, file: file.join('/') };
}

/**
 * Reads a path of the server for large files.
 *
 * @param {string} pathname
 * @returns {Route}
 */
export function storageRoute(pathname) {
  const [repos, owner, name, hash, ...file] = decode(pathname);
  if (repos !== 'repos' || !hash || file.length === 0) return { kind: 'unknown' };
  return { kind: 'file', origin: 'cdn', model: `${owner}/${name}`, file: file.join('/') };
}

/**
 * @param {string[]} parts
 * @returns {Route}
 */
function apiRoute([owner, name, verb, revision, ...folder]) {
  if (!owner || !name) return { kind: 'unknown' };
  const model = `${owner}/${name}`;
  if (verb === undefined) return { kind: 'info', model };
  if (verb !== 'tree' || !revision) return { kind: 'unknown' };
  return { kind: 'tree', model, revision, folder: folder.join('/') };
}

/** @param {string} pathname */
function decode(pathname) {
  try {
    return pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return [];
  }
}
