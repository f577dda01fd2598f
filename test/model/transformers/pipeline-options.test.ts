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

  it('rejects a dtype that version 2 cannot load', async () => {
    const failure = await optionsGivenTo('2.17.2', { dtype: 'q4' }).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(RangeError);
    expect(String(failure)).to.contain('q4');
  });
});

interface GPULike {
  requestAdapter(): Promise<unknown>;
}
