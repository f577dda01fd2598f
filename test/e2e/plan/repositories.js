import { createHash } from 'node:crypto';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { manifestName } from '../../../demo/models/ensure-models.js';
import { GraphBuilder } from '../../../demo/models/graph.js';
import { writeOnnx } from '../../../demo/models/onnx-file.js';

/** Every session that a model of some kind has, and exports that no version of today loads. */
const sessions = [
  'model',
  'decoder_model',
  'decoder_with_past_model',
  'decoder_model_merged',
  'encoder_model',
  'vision_model',
  'text_model',
  'audio_model',
  'vision_encoder',
  'audio_encoder',
  'text_encoder',
  'embed_tokens',
  'prompt_encoder_mask_decoder',
  'encodec_decode',
  'prepare_inputs_embeds',
  'language_model',
  'lm_head',
  'gen_head',
  'gen_img_embeds',
  'image_decode',
  'latent_denoiser',
  'voice_decoder',
  'own_name',
];

/** The files outside of `onnx`. */
const common = /^(model|encoder_model|decoder_model_merged|own_name)(_quantized|_q4)?\.onnx/;
const suffixes = ['', ...['fp16', 'quantized', 'int8', 'uint8', 'q4', 'q4f16', 'bnb4', 'q2', 'q1'].map((suffix) => `_${suffix}`)];
const folders = ['onnx/', 'other/place/', ''];

/**
 * Creates repositories that each contain every file of weights in every format, so that a load finds
 * every file that it requests, and a rule is wrong as soon as it has one file more or less.
 *
 * @param {string} dir
 * @param {Record<string, Record<string, unknown>>} repositories Name → contents of the small files.
 */
export async function makeRepositories(dir, repositories) {
  const weights = await makeWeights(join(dir, 'weights'));
  const models = [];
  for (const [name, contents] of Object.entries(repositories)) {
    const id = `plan/${name}`;
    const files = folders.flatMap((folder) =>
      weights.filter(({ path }) => folder === 'onnx/' || common.test(path)).map((file) => ({ ...file, path: folder + file.path })),
    );
    await Promise.all(['onnx', 'other/place'].map((folder) => link(join(dir, 'weights'), join(dir, id, folder))));
    for (const { path } of weights.filter((file) => common.test(file.path))) await link(join(dir, 'weights', path), join(dir, id, path));
    for (const [path, content] of Object.entries(contents)) {
      const body = typeof content === 'string' ? content : JSON.stringify(content);
      await writeFile(join(dir, id, path), body);
      files.push(describe(path, body));
    }
    models.push({ id, name, task: 'none', files });
  }
  await writeFile(join(dir, manifestName), JSON.stringify({ version: 'plan', models }));
  return new Map(models.map(({ name, files }) => [name, new Set(files.map(({ path }) => path))]));
}

/** @param {string} folder */
async function makeWeights(folder) {
  await mkdir(folder, { recursive: true });
  const graph = new GraphBuilder();
  graph.output('logits', graph.input('input_ids', 'float32', ['batch_size']), ['batch_size']);
  await writeOnnx(join(folder, 'model.onnx'), graph);
  const content = await readFile(join(folder, 'model.onnx'));
  const graphs = sessions.flatMap((name) => suffixes.map((suffix) => `${name}${suffix}.onnx`));
  const inPieces = graphs.filter((path) => /^(decoder_)?model(_merged)?(_q4|_quantized)?\.onnx$/.test(path));
  const data = inPieces.flatMap((path) => ['', '_1', '_2', '_3'].map((piece) => `${path}_data${piece}`));
  const paths = [...graphs, ...data];
  await Promise.all(paths.map((path) => writeFile(join(folder, path), content)));
  return paths.map((path) => describe(path, content));
}

/**
 * @param {string} path
 * @param {string | Uint8Array} content
 */
function describe(path, content) {
  return { path, size: Buffer.byteLength(content), sha256: createHash('sha256').update(content).digest('hex') };
}

/**
 * @param {string} target
 * @param {string} path
 */
async function link(target, path) {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}
