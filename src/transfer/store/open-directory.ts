import { systemClock } from '../../core/index.js';
import { requestPort } from '../../core/internal.js';

/** The directory of the origin private file system that contains the bytes of segments. */
const PARTIAL_DIRECTORY = 'model-download-partial-v1';

/**
 * Opens the directory of the segments; resolves with `undefined` if the platform has no such file system, refuses or hangs, and if the
 * directory does not exist and is not created. It never rejects.
 */
export function openDirectory(options?: FileSystemGetDirectoryOptions): Promise<FileSystemDirectoryHandle | undefined> {
  return requestPort(
    () => (globalThis as { navigator?: WorkerNavigator }).navigator?.storage,
    async (storage) => (await storage.getDirectory()).getDirectoryHandle(PARTIAL_DIRECTORY, options),
    systemClock,
  );
}
