const { put } = Cache.prototype;

/**
 * No script can fill a disk, so that the browser's own refusal is imitated: in this page or worker,
 * whichever calls it.
 *
 * @param {boolean} isFull
 */
export function fillDisk(isFull) {
  const refuse = () => Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'));
  Cache.prototype.put = isFull ? refuse : put;
}
