import { check, checkOption, checkOptions, fieldsOf, VERIFY_RULE } from '../core/internal.js';
import type { ModelDownloadOptions } from './download-options.js';

/** @throws TypeError or RangeError if an option that pages and workers share is not valid. */
export function checkDownloadOptions(options: ModelDownloadOptions): void {
  checkOptions(options, {
    automaticAttempts: 'count',
    manualAttempts: 'count',
    stallAfter: 0,
    connections: 1,
    verify: VERIFY_RULE,
    random: 'function',
    clock: 'object',
    namespace: 'string',
    transfer: 'boolean',
  });
  const { transformers } = options;
  // The shape of a module is checked when it is used.
  check(transformers === undefined || Object(transformers) === transformers, 'transformers', transformers, 'a module or a function');
}

/** @throws TypeError or RangeError if the files of a definition are not a list of names with sizes. */
export function checkFiles(name: string, files: unknown): void {
  check(files === undefined || Array.isArray(files), name, files, 'an array');
  for (const entry of (files ?? []) as readonly unknown[]) {
    const { file, size } = fieldsOf(entry);
    check(typeof file === 'string', `${name}[].file`, file, 'a string');
    checkOption(`${name}[].size`, size, 0);
    check(size !== Infinity, `${name}[].size`, size, 'a finite number', true);
  }
}
