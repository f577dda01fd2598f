// A stand-in for the origin private file system of the page: Node has none.

/**
 * The part of `navigator.storage` that gives new files a size.
 *
 * @param {(size: number) => Promise<void>} truncate
 * @param {Set<string>} [names] Receives the names of the files that exist.
 */
export function fileSystem(truncate, names = new Set()) {
  const directory = {
    getFileHandle: async (/** @type {string} */ name) => {
      names.add(name);
      return { createWritable: async () => ({ truncate, abort: async () => undefined }) };
    },
    removeEntry: async (/** @type {string} */ name) => void names.delete(name),
  };
  return { getDirectory: async () => ({ getDirectoryHandle: async () => directory }) };
}
