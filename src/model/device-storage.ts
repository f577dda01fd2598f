import type { AppFiles, AppFilesOptions } from './device/app-files.js';
import type * as Engine from './engine.js';
import { loadEngine } from './load-engine.js';

/** Opens the stored files of a page, which all of its models share. */
export class DeviceStorage {
  readonly #options: AppFilesOptions;
  #files: AppFiles | undefined;

  constructor(options: AppFilesOptions) {
    this.#options = options;
  }

  /** Imports the engine, which accesses the files. @throws Rejects with the error of the import. */
  async open(): Promise<AppFiles> {
    return this.openWith(await loadEngine());
  }

  /** As `open()`, with the imported engine. */
  openWith(engine: typeof Engine): AppFiles {
    return (this.#files ??= new engine.AppFiles(this.#options));
  }
}
