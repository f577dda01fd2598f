import { expect } from '@open-wc/testing';
import { createTransformersLoader, type PipelineOptions, type TransformersModule } from 'model-download/adapters/transformers';

/** The arguments of `pipeline()` of one version. The module is a stand-in: only its arguments are checked. */
async function optionsGivenTo(version: string, options: PipelineOptions): Promise<Record<string, unknown>> {
  let given: Record<string, unknown> = {};
  const module = {
    env: { version },
    pipeline: (_task: string, _model: string, received: Record<string, unknown>) => {
      given = received;
      return Promise.resolve('pipeline');
    },
  } as unknown as TransformersModule;
  const load = createTransformersLoader({ task: 'text-generation', model: 'org/model', options }, module);
  const { signal } = new AbortController();
  await load({ progress_callback: () => undefined, report: () => undefined, signal, recover: (cause) => Promise.reject(cause), fetch });
  delete given.progress_callback;
  return given;
}

describe('optionsFor', () => {
  const cases: readonly [version: string, options: PipelineOptions, expected: object][] = [
    ['2.17.2', {}, { quantized: true }],
    ['2.17.2', { dtype: 'q8', device: 'webgpu' }, { quantized: true }],
    ['2.17.2', { dtype: 'fp32' }, { quantized: false }],
    ['2.17.2', { quantized: false, revision: 'v1' }, { quantized: false, revision: 'v1' }],
    ['3.8.1', { quantized: true }, { dtype: 'q8' }],
    ['3.8.1', { quantized: false }, { dtype: 'fp32' }],
    [
      '4.3.1',
      { dtype: { encoder_model: 'fp32', decoder_model_merged: 'q8' } },
      { dtype: { encoder_model: 'fp32', decoder_model_merged: 'q8' } },
    ],
    ['4.3.1', { device: 'wasm', dtype: 'q4' }, { device: 'wasm', dtype: 'q4' }],
    ['4.3.1', {}, {}],
  ];
  for (const [version, options, expected] of cases) {
    it(`${JSON.stringify(options)} are converted to version ${version}`, async () => {
      expect(await optionsGivenTo(version, options)).to.deep.equal(expected);
    });
  }

  it('falls back from WebGPU if it is not available, per session', async () => {
    const adapter: unknown = await (navigator as { gpu?: GPULike }).gpu?.requestAdapter();
    const expected = adapter ? 'webgpu' : undefined;
    expect((await optionsGivenTo('4.3.1', { device: 'webgpu' })).device).to.equal(expected);
    const { device } = await optionsGivenTo('4.3.1', { device: { vision: 'webgpu', decoder: 'wasm' } });
    expect(device).to.deep.equal(adapter ? { vision: 'webgpu', decoder: 'wasm' } : { decoder: 'wasm' });
  });

  it('loads the 8-bit weights in version 2 for a dtype that it does not have, and warns once', async () => {
    const { warn } = console;
    const warnings: unknown[] = [];
    console.warn = (message: unknown) => warnings.push(message);
    try {
      for (const dtype of ['q4', 'q4', { encoder_model: 'fp32', decoder_model_merged: 'q8' }]) {
        expect(await optionsGivenTo('2.17.2', { dtype })).to.deep.equal({ quantized: true });
      }
    } finally {
      console.warn = warn;
    }
    expect(warnings).to.deep.equal([
      'Transformers.js 2 has no dtype "q4"; it loads the 8-bit weights (q8)',
      'Transformers.js 2 has no dtype "fp32, q8"; it loads the 8-bit weights (q8)',
    ]);
  });
});

interface GPULike {
  requestAdapter(): Promise<unknown>;
}
