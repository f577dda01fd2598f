import { open } from 'node:fs/promises';

/**
 * The content of a file, which can be read from any offset.
 *
 * @typedef {{ size: number, read: (start: number, length: number) => Promise<Uint8Array>, close: () => Promise<void> }} Body
 */

/**
 * @param {string} path
 * @param {number} size
 * @returns {Promise<Body>}
 */
export async function fileBody(path, size) {
  const file = await open(path);
  return {
    size,
    async read(start, length) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    },
    close: () => file.close(),
  };
}

/**
 * Another version of a body: the same length, and every byte differs.
 *
 * @param {Body} body
 * @returns {Body}
 */
export function otherVersion(body) {
  return { ...body, read: async (start, length) => (await body.read(start, length)).map((byte) => byte ^ 0xff) };
}

/**
 * @param {Uint8Array} bytes
 * @returns {Body}
 */
export function bytesBody(bytes) {
  return {
    size: bytes.length,
    read: async (start, length) => bytes.subarray(start, start + length),
    close: async () => {},
  };
}
