// The bytes of files that the tests of stores write and read.
import { refusal } from '../ports-support.js';

export const FILE = 'https://hub.example/model.onnx';

/** The bytes of a body: no two bodies have the same byte at the same place. */
export const contentOf = (body, start, length) => Uint8Array.from({ length }, (_, index) => (start + index) * 7 + body.charCodeAt(0));

/** The next bytes of a body. */
export const segmentOf = (body, start, length, more = {}) => ({
  url: FILE,
  start,
  bytes: contentOf(body, start, length),
  total: undefined,
  validator: undefined,
  writtenBy: body,
  keptAt: start,
  ...more,
});

export async function readAll(store, held, start = 0) {
  const bytes = [];
  for await (const piece of store.read(held, start)) bytes.push(...piece);
  return bytes;
}

/** A segment with these bytes. */
export const segment = (start, bytes, more = {}) => ({
  url: FILE,
  start,
  bytes: Uint8Array.from(bytes),
  total: 10,
  validator: '"a"',
  writtenBy: 'a',
  keptAt: Date.now(),
  ...more,
});

/** The stored bytes of a file. */
export async function read(store, url = FILE) {
  const held = await store.find(url);
  const bytes = [];
  if (held) for await (const piece of store.read(held, 0)) bytes.push(...piece);
  return bytes;
}

let namespaces = 0;

/** A namespace that no other test uses. */
export const newNamespace = () => `storage-${++namespaces}`;

/** Unusable Cache Storage, by its fault. */
export const refusals = {
  'whose getter throws, as in a sandboxed frame': {
    get: () => {
      throw refusal('SecurityError');
    },
  },
  'that rejects, as where cookies are blocked': { value: { open: () => Promise.reject(refusal('SecurityError')) } },
  'that throws': {
    value: {
      open: () => {
        throw refusal('SecurityError');
      },
    },
  },
  'that is missing': { value: undefined },
};
