// Every type of model for which a version has a class, by the two tasks that distinguish them.
import { execFileSync } from 'node:child_process';
import { describe } from 'node:test';
import { packages, withRepositories } from './check-loads.js';
import { kindOf } from './model-kinds.js';

const heads = { num_attention_heads: 1, num_key_value_heads: 1, head_dim: 4 };
const part = { model_type: 'llama', num_hidden_layers: 1, hidden_size: 4, layer_types: ['full_attention'], ...heads };
const parts = { ...part, layers_block_type: ['attention'], text_config: part, audio_config: part, encoder_config: part, vision_config: {} };

/** A version's types, and those it has a writer for, each with its architecture. */
function typesOf(version) {
  const script = `
    const { AutoModel, AutoModelForCausalLM } = await import('${packages[version]}');
    const entries = (auto) => auto.MODEL_CLASS_MAPPINGS.flatMap((types) => [...types].map(([type, found]) => [type, [found].flat()[0]]));
    console.log('\\n' + JSON.stringify({ any: entries(AutoModel), writers: entries(AutoModelForCausalLM) }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: import.meta.dirname, encoding: 'utf8' });
  return JSON.parse(output.slice(output.lastIndexOf('\n{')));
}

const nameOf = (type) => type.replace(/[^\w-]/g, '_');

describe('selectFiles for every type', { skip: !process.env.LONG && 'only with LONG=1' }, () => {
  /** @type {Record<string, Record<string, unknown>>} */
  const repositories = {};
  const loads = { 2: [], 3: [], 4: [] };
  for (const version of process.env.LONG ? [2, 3, 4] : []) {
    const { any, writers } = typesOf(version);
    const conditional = new Map(any.filter(([, name]) => name.endsWith('ForConditionalGeneration')));
    for (const type of new Set(any.map(([type]) => type))) {
      const config = { ...parts, ...(type === 'musicgen' && { decoder: { model_type: 'musicgen_decoder' } }) };
      const names = [nameOf(type), ...(conditional.has(type) ? [`${nameOf(type)}-conditional`] : [])];
      names.forEach(
        (name, index) => (repositories[name] ??= kindOf(type, { config, architecture: index ? conditional.get(type) : undefined })),
      );
      const tasks = ['feature-extraction', ...(writers.some(([writer]) => writer === type) ? ['text-generation'] : [])];
      for (const model of names) for (const task of tasks) loads[version].push({ model, task });
    }
  }
  const check = withRepositories(repositories);
  for (const version of [2, 3, 4]) describe(`with Transformers.js ${version}`, () => check(version, loads[version]));
});
