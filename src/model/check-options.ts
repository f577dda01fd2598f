import { check, checkFunction, checkNumber, checkObject, checkVerify, fieldsOf } from '../core/internal.js';
import type { ModelDownloadOptions } from './download-options.js';

/** @throws TypeError or RangeError if an option that pages and workers share is not valid. */
export function checkDownloadOptions(options: ModelDownloadOptions): void {
  checkObject('options', options);
  checkNumber('automaticAttempts', options.automaticAttempts, 0, true);
  checkNumber('manualAttempts', options.manualAttempts, 0, true);
  checkNumber('stallAfter', options.stallAfter, 0);
  checkVerify(options.verify);
  checkFunction('random', options.random);
  checkObject('clock', options.clock);
}

/** @throws TypeError or RangeError if the files of a definition are not a list of names with sizes. */
export function checkFiles(name: string, files: unknown): void {
  check(files === undefined || Array.isArray(files), name, files, 'an array');
  for (const entry of (files ?? []) as readonly unknown[]) {
    const { file, size } = fieldsOf(entry);
    check(typeof file === 'string', `${name}[].file`, file, 'a string');
    checkNumber(`${name}[].size`, size, 0);
    check(size !== Infinity, `${name}[].size`, size, 'a finite number', true);
  }
}
