// The bundles for workers in a realm that must not import anything, as a service worker or an extension's background.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';

/** @param {string} name */
const read = (name) => readFile(new URL(`../../dist/cdn/${name}`, import.meta.url), 'utf8');

const tag = 'model-download/worker-1';
const host = 'https://hub.example/';
const bytes = new Uint8Array(3_000_000).fill(7);
const entry = {
  type: 'file',
  path: 'model.onnx',
  size: bytes.length,
  lfs: { oid: createHash('sha256').update(bytes).digest('hex'), size: bytes.length },
};

/** The used part of the platform in a service worker. */
const platform = () => ({
  ...Object.fromEntries(
    [
      'AbortController',
      'AbortSignal',
      'Blob',
      'DOMException',
      'Event',
      'EventTarget',
      'Headers',
      'MessageChannel',
      'ReadableStream',
      'Request',
      'Response',
      'TextDecoder',
      'URLSearchParams',
    ]
      .concat([
        'TextEncoder',
        'URL',
        'btoa',
        'atob',
        'clearTimeout',
        'crypto',
        'performance',
        'queueMicrotask',
        'setTimeout',
        'structuredClone',
      ])
      .map((name) => [name, Reflect.get(globalThis, name)]),
  ),
});

/**
 * Loads a file in the bundle, and returns how that ended.
 *
 * @param {string} script
 * @param {Uint8Array} body The bytes that the hub sends.
 */
async function loadIn(script, body) {
  const context = createContext({
    ...platform(),
    fetch: async (/** @type {unknown} */ input) =>
      String(input).includes('/api/')
        ? Response.json([entry])
        : new Response(/** @type {Uint8Array<ArrayBuffer>} */ (body), { headers: { 'Content-Length': String(body.length) } }),
  });
  await assert.rejects(runInContext('import("../node/hash-worker.js")', context), 'nothing can be imported here');
  runInContext(script, context);
  /** @type {((event: { data: object }) => void)[]} */
  const listeners = [];
  return new Promise((resolve) => {
    context.ModelDownloadWorker.exposeDownloads(
      {
        addEventListener: (/** @type {string} */ _, /** @type {(event: { data: object }) => void} */ listener) => listeners.push(listener),
        postMessage: (/** @type {{ kind: string, state?: { status: string, failureCode?: string } }} */ { kind, state }) => {
          if (kind === 'state' && /completed|failed/.test(state?.status ?? '')) resolve(state?.failureCode ?? state?.status);
        },
      },
      {
        automaticAttempts: 0,
        models: {
          model: { name: 'Model', load: async ({ fetch }) => (await fetch(`${host}owner/model/resolve/main/model.onnx`)).arrayBuffer() },
        },
      },
    );
    for (const listener of listeners) listener({ data: { tag, kind: 'load', modelKey: 'model', interactive: false, seq: 1 } });
  });
}

describe('the bundles for workers', () => {
  it('import no other file', async () => {
    for (const name of ['worker.js', 'worker.umd.js']) {
      const script = await read(name);
      assert.doesNotMatch(script, /\bimport\s*(["'`]|\(\s*(["'`]|new URL))/, name);
    }
  });

  it('check files if nothing can be imported', async () => {
    const script = await read('worker.umd.js');
    const damaged = bytes.slice();
    damaged[1_000_000] = 8;
    assert.equal(await loadIn(script, bytes), 'completed');
    assert.equal(await loadIn(script, damaged), 'corrupt');
  });
});
