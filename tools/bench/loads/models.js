// The models by their sizes in MB. The largest is made for a run and deleted afterwards.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chatConfig, chatGraph, chatTokenizer } from '../../../demo/models/chat.js';
import { ModelFolder } from '../../../demo/models/recipe.js';
import { readModels } from '../../../test/harmless/servers/models.js';

/** @typedef {import('../../../test/harmless/servers/models.js').Model} Model */

const names = { 1.7: 'tiny-chat', 11.6: 'medium-chat', 99.6: 'large-chat' };

const HUGE = 'local/huge-chat';
const weights = 'onnx/model_quantized.onnx';
const olderWeights = 'onnx/decoder_model_merged_quantized.onnx';

/** The models of a run, and what deletes the made one. */
export class Models {
  /** @type {Map<string, Model>} */
  #models;
  /** @type {string | undefined} */
  #folder;

  /** @param {Map<string, Model>} models */
  constructor(models) {
    this.#models = models;
  }

  static async read() {
    return new Models(await readModels());
  }

  /**
   * @param {string} size In MB, as in a row.
   * @returns {Promise<Model>}
   */
  async get(size) {
    const found = this.#models.get(names[size] ?? HUGE) ?? (await this.#makeHuge());
    this.#models.set(names[size] ?? HUGE, found);
    return found;
  }

  async close() {
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  /** A larger sister of the model of 99.6 MB, which answers the same. @returns {Promise<Model>} */
  async #makeHuge() {
    const sister = await this.get('99.6');
    this.#folder = await mkdtemp(join(tmpdir(), 'model-download-huge-'));
    const folder = join(this.#folder, HUGE);
    const tokenizer = chatTokenizer();
    const config = chatConfig(tokenizer);
    const made = new ModelFolder(folder);
    const generation = { eos_token_id: config.eos_token_id, do_sample: false };
    await made.json({ ...tokenizer.files, 'config.json': config, 'generation_config.json': generation });
    await made.graph(chatGraph(tokenizer, { bytes: 498_400_000, layers: 8 }), weights, [olderWeights]);
    const paths = [...Object.keys(tokenizer.files), 'config.json', 'generation_config.json', weights, olderWeights];
    const files = await Promise.all(paths.map(async (path) => ({ path, ...(await describe(join(folder, path))) })));
    return { ...sister, id: HUGE, name: 'Huge Chat', files, dir: this.#folder };
  }
}

/** @param {string} path */
async function describe(path) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { size: (await stat(path)).size, sha256: hash.digest('hex') };
}
