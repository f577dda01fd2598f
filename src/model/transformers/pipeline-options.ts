/** Options of `pipeline()`, with the names of all versions of Transformers.js. Other options are passed on unchanged. */
export interface PipelineOptions {
  /** The number format of the weights, for all sessions or per session name. Default: that of the version and the device. */
  readonly dtype?: string | Readonly<Record<string, string>> | undefined;
  /** The device, for all sessions or per session name. `webgpu` falls back to the default if it is not available. */
  readonly device?: string | Readonly<Record<string, string>> | undefined;
  /** Version 2: whether to load the 8-bit weights. With versions 3 and 4 it means a `dtype` of `q8` or `fp32`. Default: that of `dtype`. */
  readonly quantized?: boolean | undefined;
  /** Branch, tag or commit. Default `main`. */
  readonly revision?: string | undefined;
  readonly [option: string]: unknown;
}

/** Names of 8-bit formats, which version 2 calls quantized. */
const EIGHT_BIT: ReadonlySet<string> = new Set(['q8', 'int8', 'uint8']);

/** The settings of `dtype` that version 2 does not have, each reported once. */
const reported = new Set<string>();

/** Converts options to the names and values of one version. */
export async function optionsFor(version: number, options: PipelineOptions): Promise<Record<string, unknown>> {
  const { dtype, device, quantized, ...others } = options;
  if (version < 3) {
    return { ...others, quantized: quantized ?? quantizedOf(dtype) };
  }
  const ownDtype = dtype ?? (quantized === undefined ? undefined : quantized ? 'q8' : 'fp32');
  const ownDevice = await availableDevice(device);
  return {
    ...others,
    ...(ownDtype === undefined ? {} : { dtype: ownDtype }),
    ...(ownDevice === undefined ? {} : { device: ownDevice }),
  };
}

/** Whether version 2 loads the 8-bit weights. As in version 2 alone, a `dtype` that it does not have is ignored. */
function quantizedOf(dtype: PipelineOptions['dtype']): boolean {
  const formats = typeof dtype === 'string' ? [dtype] : Object.values(dtype ?? {});
  if (formats.length > 0 && formats.every((format) => format === 'fp32')) return false;
  if (!formats.every((format) => EIGHT_BIT.has(format))) reportIgnored(formats.join(', '));
  return true;
}

/** Warns once for each setting: an estimate and a load convert the same options. */
function reportIgnored(dtype: string): void {
  if (reported.has(dtype)) return;
  reported.add(dtype);
  console.warn(`Transformers.js 2 has no dtype "${dtype}"; it loads the 8-bit weights (q8)`);
}

async function availableDevice(device: PipelineOptions['device']): Promise<PipelineOptions['device']> {
  const wanted = device === undefined || typeof device === 'string' ? [device] : Object.values(device);
  if (!wanted.includes('webgpu') || (await hasWebGpu())) return device;
  if (typeof device !== 'object') return undefined;
  return Object.fromEntries(Object.entries(device).filter(([, name]) => name !== 'webgpu'));
}

/** Whether an adapter is available: `navigator.gpu` also exists in browsers that provide none. */
async function hasWebGpu(): Promise<boolean> {
  // `navigator` is typed as always defined, but absent in Node 20.
  const { gpu } = (globalThis.navigator as { gpu?: { requestAdapter(): Promise<unknown> } } | undefined) ?? {};
  try {
    return Boolean(await gpu?.requestAdapter());
  } catch {
    return false;
  }
}
