import { fieldsOf, type FileSelection } from './file-selection.js';

/** Number formats, most of which are the end of a file's name. */
const FORMAT = /^(fp(32|16)|q8|u?int8|q[124](f16)?|bnb4)$/;

/** Transformers.js refuses more pieces than these. */
const MOST_PIECES = 100;

/** The files of one session by its name: its graph, and its external data where it has some. */
export function weightFiles(name: string, { version, options, config, inBrowser }: FileSelection): readonly string[] {
  const { quantized = true, subfolder = 'onnx' } = options;
  // Version 2 knows no other folder and no external data.
  if (version < 3) return [`onnx/${name}${quantized ? '_quantized' : ''}.onnx`];

  const ownConfig = fieldsOf(fieldsOf(config)['transformers.js_config']);
  const device = forSession(options.device ?? ownConfig.device, name) ?? (inBrowser ? 'wasm' : 'cpu');
  const deviceConfig = { ...ownConfig, ...fieldsOf(fieldsOf(ownConfig.device_config)[device]) };

  let format = forSession(options.dtype ?? deviceConfig.dtype, name);
  if (format === 'auto') format = forSession(deviceConfig.dtype, name);
  if (format === undefined || !FORMAT.test(format)) format = device === 'wasm' ? 'q8' : 'fp32';

  const suffix = format === 'fp32' ? '' : format === 'q8' ? '_quantized' : `_${format}`;
  const graph = `${name}${suffix}.onnx`;
  const external = options.use_external_data_format ?? deviceConfig.use_external_data_format;
  const pieces = Number(typeof external === 'object' ? (fieldsOf(external)[graph] ?? fieldsOf(external)[name]) : external);
  const data = Array.from({ length: Math.min(pieces, MOST_PIECES) }, (_, index) => `${graph}_data${index ? `_${index}` : ''}`);
  const folder = typeof subfolder === 'string' && subfolder ? `${subfolder}/` : '';
  return [graph, ...data].map((file) => folder + file);
}

/** A setting for all sessions, or that of one. */
function forSession(setting: unknown, name: string): string | undefined {
  const value = typeof setting === 'string' ? setting : fieldsOf(setting)[name];
  return typeof value === 'string' ? value : undefined;
}
