const { put } = Cache.prototype;

/**
 * A script cannot fill a disk, so this function imitates the browser's error in the page or worker that calls it.
 *
 * @param {boolean} isFull
 */
export function fillDisk(isFull) {
  const refuse = () => Promise.reject(new DOMException('The disk is full.', 'QuotaExceededError'));
  Cache.prototype.put = isFull ? refuse : put;
}
