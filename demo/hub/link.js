import { createHash, randomBytes } from 'node:crypto';

const secret = randomBytes(16);

/**
 * Addresses that expire, like those of a hub's storage.
 *
 * @param {string} path
 * @param {number} seconds
 */
export function signed(path, seconds) {
  const expires = Date.now() + seconds * 1000;
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Expires': String(seconds),
    Expires: String(expires),
    'X-Amz-Signature': signature(path, String(expires)),
  });
  return `${path}?${query}`;
}

/**
 * @param {string} path
 * @param {URLSearchParams} query
 */
export function isValid(path, query) {
  const expires = query.get('Expires') ?? '';
  return query.get('X-Amz-Signature') === signature(path, expires) && Number(expires) > Date.now();
}

/**
 * @param {string} path
 * @param {string} expires
 */
function signature(path, expires) {
  return createHash('sha256').update(secret).update(`${path} ${expires}`).digest('hex');
}
