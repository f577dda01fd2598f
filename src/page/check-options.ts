import { checkOption, checkOptions } from '../core/internal.js';
import { checkDownloadOptions } from '../model/index.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';

/** @throws TypeError or RangeError if an option of `ModelDownloads` is not valid. `concurrency` is checked by the queue. */
export function checkPageOptions(options: ModelDownloadsOptions): void {
  checkDownloadOptions(options);
  checkOptions(options, {
    models: 'object',
    recovery: ['ask', 'automatic'],
    chooseModel: 'function',
    notifications: 'object',
    wakeLock: 'boolean',
  });
  // `null` stores nothing.
  checkOption('storage', options.storage ?? undefined, 'object');
  checkOptions(options.notifications ?? {}, { title: 'function', notification: 'function' }, 'notifications.');
}
