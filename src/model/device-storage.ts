import type { AppFiles, AppFilesOptions } from './device/app-files.js';
import { loadDeviceFiles } from './device/load-device-files.js';

/** The files of an app on this device. A page or a worker creates one, which all of its models share. */
export class DeviceStorage {
  readonly #options: AppFilesOptions;
  #files: AppFiles | undefined;

  constructor(options: AppFilesOptions) {
    this.#options = options;
  }

  /** Imports the code that accesses the files. @throws Rejects with the error of the import. */
  async open(): Promise<AppFiles> {
    const device = await loadDeviceFiles();
    return (this.#files ??= new device.AppFiles(this.#options));
  }
}
