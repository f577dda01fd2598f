// A stand-in for the origin private file system of the page: Node has none.

/**
 * The part of `navigator.storage` that gives new files a size.
 *
 * @param {(size: number) => Promise<void>} truncate
 * @param {Set<string>} [names] Receives the names of the files that exist.
 * @param {() => void} [beforeRemoval] May throw, so that the file stays.
 */
export function fileSystem(truncate, names = new Set(), beforeRemoval = () => undefined) {
  const directory = {
    getFileHandle: async (/** @type {string} */ name) => {
      names.add(name);
      return { createWritable: async () => ({ truncate, abort: async () => undefined }) };
    },
    removeEntry: async (/** @type {string} */ name) => {
      beforeRemoval();
      names.delete(name);
    },
  };
  return { getDirectory: async () => ({ getDirectoryHandle: async () => directory }) };
}
