const { put } = Cache.prototype;

/**
 * A script cannot fill a disk, so the browser's refusal is imitated, in the page or worker that
 * calls this function.
 *
 * @param {boolean} isFull
 */
export function fillDisk(isFull) {
  const refuse = () => Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'));
  Cache.prototype.put = isFull ? refuse : put;
}
