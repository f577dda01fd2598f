import { checkFunction, checkObject, checkOneOf } from '../core/internal.js';
import { checkDownloadOptions } from '../model/index.js';
import type { ModelDownloadsOptions } from './model-downloads-options.js';

/** @throws TypeError or RangeError if an option of `ModelDownloads` is not valid. `concurrency` is checked by the queue. */
export function checkOptions(options: ModelDownloadsOptions): void {
  checkDownloadOptions(options);
  const { models, storage, recovery, chooseModel, notifications } = options;
  checkObject('models', models);
  // `null` stores nothing.
  checkObject('storage', storage ?? undefined);
  checkOneOf('recovery', recovery, ['ask', 'automatic']);
  checkFunction('chooseModel', chooseModel);
  checkObject('notifications', notifications);
  checkFunction('notifications.title', notifications?.title);
  checkFunction('notifications.notification', notifications?.notification);
}
