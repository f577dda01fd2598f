/** The directory of the origin private file system that contains the bytes of segments. */
const PARTIAL_DIRECTORY = 'model-download-partial-v1';

/**
 * Opens the directory of the segments.
 *
 * @throws NotFoundError if it does not exist and is not created, another `DOMException` if the platform refuses, and `TypeError` if it has
 * no such file system.
 */
export async function openDirectory(options?: FileSystemGetDirectoryOptions): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(PARTIAL_DIRECTORY, options);
}
