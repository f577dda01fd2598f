import { copyFile, link, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { writeGguf } from './gguf-file.js';
import { writeOnnx } from './onnx-file.js';

/**
 * @typedef {'v2' | 'v3' | 'v4'} Version A major version of Transformers.js.
 * @typedef {{ options: Record<string, unknown>, files: string[] }} Load
 *   The options of `pipeline()`, and the existing files that it requests with them.
 * @typedef {{ width: number, height: number, color: number[] }} SampleImage A picture of one color, red, green and blue from 0 to 255.
 * @typedef {object} Recipe
 * @property {string} id
 * @property {string} name
 * @property {string} task
 * @property {Partial<Record<Version, Load>>} versions Empty for a model of another runtime.
 * @property {{ input: string | SampleImage, options: Record<string, unknown>, expected: Record<string, unknown> }} sample
 * @property {(folder: ModelFolder) => Promise<void>} make
 */

/** The folder of a model that is being created. */
export class ModelFolder {
  #path;

  /** @param {string} path */
  constructor(path) {
    this.#path = path;
  }

  /**
   * Returns the path of a file, and creates its folders.
   *
   * @param {string} file
   */
  async place(file) {
    const path = join(this.#path, file);
    await mkdir(dirname(path), { recursive: true });
    return path;
  }

  /** @param {Record<string, unknown>} files */
  async json(files) {
    for (const [file, content] of Object.entries(files)) {
      await writeFile(await this.place(file), JSON.stringify(content, null, 2));
    }
  }

  /**
   * Writes a graph once, under all names that the versions use for it.
   *
   * @param {import('./graph.js').GraphBuilder} graph
   * @param {string} file
   * @param {string[]} aliases
   */
  async graph(graph, file, aliases = []) {
    const path = await this.place(file);
    await writeOnnx(path, graph);
    for (const alias of aliases) await linkOrCopy(path, await this.place(alias));
  }

  /**
   * @param {Parameters<typeof writeGguf>[1]} model
   * @param {string} file
   */
  async gguf(model, file) {
    await writeGguf(await this.place(file), model);
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
async function linkOrCopy(from, to) {
  await link(from, to).catch(() => copyFile(from, to));
}
