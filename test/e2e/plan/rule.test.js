// The rule for cases without a load in Node: browsers, input without information, and hostile configs.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selectFiles } from '../../../dist/model/transformers/plan/select-files.js';

const bert = { version: 3, task: 'fill-mask', options: {}, config: { model_type: 'bert' }, inBrowser: true };
const wav2vec2 = { ...bert, task: 'audio-classification', config: { model_type: 'wav2vec2' } };
const everything = () => true;

/** The weights among the files of a load whose repository has everything. */
function weightsOf(changes) {
  return selectFiles({ ...bert, ...changes }, everything)?.filter((path) => path.includes('.onnx'));
}

const withOwnConfig = (own) => ({ config: { model_type: 'bert', 'transformers.js_config': own } });

describe('selectFiles in a browser', () => {
  it('selects 8-bit weights by default', () => {
    for (const version of [2, 3, 4]) assert.deepEqual(weightsOf({ version }), ['onnx/model_quantized.onnx']);
    assert.deepEqual(weightsOf({ options: { dtype: 'auto' } }), ['onnx/model_quantized.onnx']);
    assert.deepEqual(weightsOf({ inBrowser: false }), ['onnx/model.onnx']);
  });

  it('selects full weights on other devices than wasm', () => {
    const on = (device) => weightsOf({ options: { device } });
    for (const device of ['webgpu', 'webnn', 'auto', 'gpu', { model: 'webgpu' }]) assert.deepEqual(on(device), ['onnx/model.onnx']);
    for (const device of ['wasm', { other: 'webgpu' }]) assert.deepEqual(on(device), ['onnx/model_quantized.onnx']);
    assert.deepEqual(weightsOf(withOwnConfig({ device: 'webgpu' })), ['onnx/model.onnx']);
  });

  it('prefers the config of a device to that of all, and options to both', () => {
    const device_config = { wasm: { dtype: 'q4', use_external_data_format: 1 }, webgpu: { dtype: 'q4f16' } };
    const own = { dtype: 'fp16', use_external_data_format: 2, device_config };
    assert.deepEqual(weightsOf(withOwnConfig(own)), ['onnx/model_q4.onnx', 'onnx/model_q4.onnx_data']);
    const webgpu = { ...withOwnConfig(own), options: { device: 'webgpu' } };
    assert.deepEqual(weightsOf(webgpu), ['onnx/model_q4f16.onnx', 'onnx/model_q4f16.onnx_data', 'onnx/model_q4f16.onnx_data_1']);
    const options = { device: 'webgpu', dtype: 'int8', use_external_data_format: false };
    assert.deepEqual(weightsOf({ ...withOwnConfig(own), options }), ['onnx/model_int8.onnx']);
  });
});

describe('selectFiles', () => {
  it('names files in about the order of their requests, the small ones first', () => {
    const selection = { ...bert, version: 2, task: 'image-to-text', config: { model_type: 'vision-encoder-decoder' } };
    assert.deepEqual(selectFiles(selection, everything), [
      'tokenizer.json',
      'tokenizer_config.json',
      'config.json',
      'preprocessor_config.json',
      'onnx/encoder_model_quantized.onnx',
      'onnx/decoder_model_merged_quantized.onnx',
      'generation_config.json',
    ]);
  });

  it('returns nothing for unknown tasks and versions', () => {
    for (const task of ['', 'made-up', 'constructor', '__proto__', 'object-detection2']) assert.equal(weightsOf({ task }), undefined);
    for (const version of [1, 5, Number.NaN]) assert.equal(weightsOf({ version }), undefined);
  });

  it('returns nothing without a config, or if the page replaces files', () => {
    for (const config of [undefined, null, 'text', 7]) assert.equal(weightsOf({ config }), undefined);
    const session_options = { externalData: [{ path: 'a', data: 'b' }] };
    for (const options of [{ config: { model_type: 'bert' } }, { session_options }]) assert.equal(weightsOf({ options }), undefined);
  });

  it('returns nothing if weights are missing, and omits missing small files', () => {
    assert.equal(
      selectFiles(bert, (path) => !path.endsWith('.onnx')),
      undefined,
    );
    const options = { use_external_data_format: 2 };
    assert.equal(
      selectFiles({ ...bert, options }, (path) => !path.endsWith('_data_1')),
      undefined,
    );
    assert.deepEqual(
      selectFiles(bert, (path) => path.endsWith('.onnx')),
      ['onnx/model_quantized.onnx'],
    );
  });

  it('accepts an unusual config', () => {
    const foreign = [[], { model_type: {} }, { model_type: null, architectures: 7 }, { 'transformers.js_config': 'x' }];
    for (const config of foreign) assert.deepEqual(weightsOf({ config }), ['onnx/model_quantized.onnx']);
    assert.deepEqual(weightsOf(withOwnConfig({ dtype: 7, device: [], device_config: 'x' })), ['onnx/model_quantized.onnx']);
    const filesWith = (use_external_data_format) => weightsOf(withOwnConfig({ use_external_data_format })).length;
    assert.equal(filesWith(1e12), 101);
    for (const pieces of [-1, 'x', Number.NaN, {}, []]) assert.equal(filesWith(pieces), 1);
  });

  it('reads the class of a processor from its file, else from the type of the model', () => {
    const hasTokenizer = (changes) => selectFiles({ ...wav2vec2, ...changes }, everything).includes('tokenizer.json');
    assert.equal(hasTokenizer({}), true);
    assert.equal(hasTokenizer({ preprocessor: { processor_class: 'Wav2Vec2Processor' } }), true);
    assert.equal(hasTokenizer({ preprocessor: {} }), false);
    assert.equal(hasTokenizer({ config: { model_type: 'audio-spectrogram-transformer' } }), false);
    const captions = { ...bert, task: 'image-to-text', config: { model_type: 'idefics3' } };
    const hasConfig = (changes) => selectFiles({ ...captions, ...changes }, everything).includes('processor_config.json');
    assert.equal(hasConfig({}), true);
    assert.equal(hasConfig({ preprocessor: { processor_class: 'Other' } }), false);
  });
});
