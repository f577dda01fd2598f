// Every load whose size is checked: versions, types of weights, with and without `files`, and where the runtime is.

/** The types of weights of a version, with their suffixes in file names. */
const TYPES = {
  3: { fp32: '', fp16: '_fp16', q8: '_quantized', int8: '_int8', uint8: '_uint8', q4: '_q4', bnb4: '_bnb4', q4f16: '_q4f16' },
  4: {
    fp32: '',
    fp16: '_fp16',
    q8: '_quantized',
    int8: '_int8',
    uint8: '_uint8',
    q4: '_q4',
    bnb4: '_bnb4',
    q4f16: '_q4f16',
    q2: '_q2',
    q1: '_q1',
    q2f16: '_q2f16',
    q1f16: '_q1f16',
  },
};

/**
 * @typedef {object} SizedLoad
 * @property {string} name
 * @property {number} version
 * @property {string} model
 * @property {object} options
 * @property {string[]} [weights] The files of the load beside the small ones, if the page names the files.
 * @property {boolean} hasFiles Whether the page names the files.
 * @property {string[]} [arrangements] The preparations of the page.
 * @property {boolean} [hidesSize] Whether the runtime's server hides the size of its file.
 * @property {boolean} [isSample] Whether it runs in each run of the tests.
 */

/** @returns {SizedLoad[]} */
function ofTypes() {
  const loads = [];
  for (const hasFiles of [false, true]) {
    for (const quantized of [true, false]) {
      const weights = [`onnx/decoder_model_merged${quantized ? '_quantized' : ''}.onnx`];
      loads.push({
        name: `quantized: ${quantized}`,
        version: 2,
        model: 'tiny-chat',
        options: { quantized },
        weights,
        hasFiles,
        isSample: hasFiles !== quantized,
      });
    }
    // Version 2 ignores a `dtype` that it does not have.
    loads.push({
      name: 'dtype: q4',
      version: 2,
      model: 'tiny-chat',
      options: { dtype: 'q4' },
      weights: ['onnx/decoder_model_merged_quantized.onnx'],
      hasFiles,
      isSample: !hasFiles,
    });
    for (const version of /** @type {const} */ ([3, 4])) {
      for (const [dtype, suffix] of Object.entries(TYPES[version])) {
        const isSample = hasFiles ? dtype === 'q4' : dtype === 'fp16';
        loads.push({
          name: `dtype: ${dtype}`,
          version,
          model: 'tiny-chat',
          options: { dtype },
          weights: [`onnx/model${suffix}.onnx`],
          hasFiles,
          isSample,
        });
      }
      const external = ['onnx/model.onnx', 'onnx/model.onnx_data'];
      loads.push({
        name: 'external data',
        version,
        model: 'external',
        options: { dtype: 'fp32', use_external_data_format: true },
        weights: external,
        hasFiles,
        isSample: version === 4 && !hasFiles,
      });
    }
  }
  return loads;
}

/** @returns {SizedLoad[]} */
function ofRuntimes() {
  /** @type {Pick<SizedLoad, 'model' | 'options' | 'weights'>} */
  const base = { model: 'tiny-chat', options: { dtype: 'q8' }, weights: ['onnx/model_quantized.onnx'] };
  return [false, true].flatMap((hasFiles) => [
    { ...base, name: 'the runtime in a folder', version: 4, hasFiles, arrangements: ['runtime-folder'], isSample: !hasFiles },
    { ...base, name: 'the runtime beside its script', version: 4, hasFiles, arrangements: ['runtime-script'] },
    { ...base, name: 'the runtime not kept', version: 4, hasFiles, arrangements: ['runtime-not-kept'], isSample: hasFiles },
    { ...base, name: 'a runtime whose size is hidden', version: 3, hasFiles, hidesSize: true, isSample: hasFiles },
    { ...base, name: 'a runtime whose size is hidden', version: 4, hasFiles, hidesSize: true },
  ]);
}

/** Every load. */
export const loads = [...ofTypes(), ...ofRuntimes()];

/** A model with its weights under the name of every type. */
export function withAllTypes(model) {
  const weights = model.files.find(({ path }) => path === 'onnx/model.onnx');
  if (!weights || model.id.endsWith('external')) return model;
  const known = new Set(model.files.map(({ path }) => path));
  const paths = Object.values(TYPES[4]).map((suffix) => `onnx/model${suffix}.onnx`);
  const more = paths.filter((path) => !known.has(path)).map((path) => ({ ...weights, path, source: weights.path }));
  return { ...model, files: [...model.files, ...more] };
}
