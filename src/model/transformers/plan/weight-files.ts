import { fieldsOf } from '../../../core/internal.js';
import type { FileSelection } from './file-selection.js';

/** Number formats; most of them are the suffix of a file name. */
const FORMAT = /^(fp(32|16)|q8|u?int8|q[124](f16)?|bnb4)$/;

/** The most pieces of external data that Transformers.js accepts. */
const MOST_PIECES = 100;

/** The files of one session: its graph and its pieces of external data. */
export function weightFiles(name: string, { version, options, config, inBrowser }: FileSelection): readonly string[] {
  const { quantized = true, subfolder = 'onnx' } = options;
  // Version 2 supports no other folder and no external data.
  if (version < 3) return [`onnx/${name}${quantized ? '_quantized' : ''}.onnx`];

  const ownConfig = fieldsOf(fieldsOf(config)['transformers.js_config']);
  const chosen = forSession(options.device ?? ownConfig.device, name);
  const device = typeof chosen === 'string' ? chosen : inBrowser ? 'wasm' : 'cpu';
  const { dtype, use_external_data_format } = { ...ownConfig, ...fieldsOf(fieldsOf(ownConfig.device_config)[device]) };
  const wanted = forSession(options.dtype ?? dtype, name);
  const requested = String(wanted === 'auto' ? forSession(dtype, name) : wanted);
  const format = FORMAT.test(requested) ? requested : device === 'wasm' ? 'q8' : 'fp32';

  const suffix = format === 'fp32' ? '' : format === 'q8' ? '_quantized' : `_${format}`;
  const path = `${typeof subfolder === 'string' && subfolder ? `${subfolder}/` : ''}${name}${suffix}.onnx`;
  const external = options.use_external_data_format ?? use_external_data_format;
  const pieces = Number(fieldsOf(external)[`${name}${suffix}.onnx`] ?? forSession(external, name));
  return [path, ...Array.from({ length: Math.min(pieces, MOST_PIECES) }, (_, index) => `${path}_data${index ? `_${index}` : ''}`)];
}

/** The value of a setting for one session; an object has a value per session. */
function forSession(setting: unknown, name: string): unknown {
  return typeof setting === 'object' ? fieldsOf(setting)[name] : setting;
}
