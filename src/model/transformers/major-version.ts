import { check, fieldsOf, isRecord } from '../../core/internal.js';
import type { TransformersModule } from './module.js';

/** The exact version of a module, such as `4.3.1`; `undefined` if `env.version` is not a string. */
export function exactVersion({ env }: TransformersModule): string | undefined {
  return typeof env.version === 'string' ? env.version : undefined;
}

/**
 * The major version of a module: 2, 3, 4, …; NaN if `env.version` is not a string.
 *
 * @throws TypeError when `transformers` is not a module of Transformers.js.
 */
export function majorVersion(transformers: TransformersModule): number {
  const { env } = fieldsOf(transformers);
  check(isRecord(env), 'transformers', transformers, 'the module of Transformers.js');
  return typeof env.version === 'string' ? Number.parseInt(env.version, 10) : Number.NaN;
}
