import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHub } from '../../../demo/hub/create-hub.js';
import { manifestName } from '../../../demo/models/ensure-models.js';

/**
 * @typedef {import('../../../demo/hub/create-hub.js').LocalHub} LocalHub
 * @typedef {import('../../../demo/hub/create-hub.js').ScopeHandle} ScopeHandle
 */

/** The model of the fixture, and its files. */
export const model = 'local/fixture';
export const small = Buffer.from(JSON.stringify({ model_type: 'gpt2', words: Array(400).fill('word') }));
export const large = Buffer.from(Uint8Array.from({ length: 1_500_000 }, (_, index) => (index * 31) % 251));

export const hugeSize = 200_000_000;

const files = { 'config.json': small, 'tokenizer.json': Buffer.from('{}'), 'onnx/model.onnx': large };

/**
 * A hub with one model that is created for the test.
 *
 * @param {{ clock?: import('../../../demo/hub/clock.js').Clock }} [options]
 * @returns {Promise<{ hub: LocalHub, close: () => Promise<void> }>}
 */
export async function startHub(options = {}) {
  const modelsDir = await mkdtemp(join(tmpdir(), 'model-download-hub-'));
  const entries = [];
  for (const [path, content] of Object.entries(files)) {
    const location = join(modelsDir, model, path);
    await mkdir(dirname(location), { recursive: true });
    await writeFile(location, content);
    entries.push({ path, size: content.length, sha256: sha256(content) });
  }
  // A sparse file occupies no space on the disk.
  await truncate(await touch(join(modelsDir, model, 'onnx/huge.onnx')), hugeSize);
  entries.push({ path: 'onnx/huge.onnx', size: hugeSize, sha256: '0'.repeat(64) });
  const manifest = { version: 'test', models: [{ id: model, name: 'Fixture', task: 'text-generation', files: entries }] };
  await writeFile(join(modelsDir, manifestName), JSON.stringify(manifest));
  const hub = await createHub({ modelsDir, ...options });
  const close = async () => {
    await hub.close();
    await rm(modelsDir, { recursive: true });
  };
  return { hub, close };
}

/** @param {string} path */
async function touch(path) {
  await writeFile(path, '');
  return path;
}

/**
 * Requests a file of the fixture.
 *
 * @param {ScopeHandle} scope
 * @param {string} file
 * @param {RequestInit} [init]
 */
export function get(scope, file, init) {
  return fetch(`${scope.url}${model}/resolve/main/${file}`, init);
}

/** @param {Response} response */
export async function bytesOf(response) {
  return Buffer.from(await response.arrayBuffer());
}

/**
 * Reads a body that may break.
 *
 * @param {Response} response
 * @returns {Promise<{ bytes: Buffer, broken: boolean }>}
 */
export async function readUntilBreak(response) {
  /** @type {Uint8Array[]} */
  const chunks = [];
  try {
    for await (const chunk of response.body ?? []) chunks.push(chunk);
    return { bytes: Buffer.concat(chunks), broken: false };
  } catch {
    return { bytes: Buffer.concat(chunks), broken: true };
  }
}

/** @param {Uint8Array} content */
export function sha256(content) {
  return createHash('sha256').update(content).digest('hex');
}
