import type { TransformersModule } from './module.js';

/** The major version of a module: 2, 3, 4, …; NaN if `env.version` is not a string. */
export function majorVersion({ env }: TransformersModule): number {
  return typeof env.version === 'string' ? Number.parseInt(env.version, 10) : Number.NaN;
}
