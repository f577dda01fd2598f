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

/**
 * Converts options to the names and values of one version.
 *
 * @throws RangeError for a `dtype` that version 2 cannot load.
 */
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

function quantizedOf(dtype: PipelineOptions['dtype']): boolean {
  if (dtype === undefined) return true;
  const formats = typeof dtype === 'string' ? [dtype] : Object.values(dtype);
  if (formats.every((format) => EIGHT_BIT.has(format))) return true;
  if (formats.every((format) => format === 'fp32')) return false;
  throw new RangeError(`Transformers.js 2 supports dtype q8 or fp32, not ${formats.join(', ')}`);
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
