import { DEVICE_LIMIT, isTransformersModel, toJson, withLimit, type ModelDefinition } from '../../model/index.js';
import type { AnnouncedModel } from '../messages.js';

/** Describes the models of a worker for the page, and acquires the lock by which the page detects the worker's end. */
export async function announceModels(
  definitions: ReadonlyMap<string, ModelDefinition>,
): Promise<{ models: Readonly<Record<string, AnnouncedModel>>; lock: string | undefined }> {
  const models = Object.fromEntries([...definitions].map(([modelKey, definition]) => [modelKey, describe(definition)]));
  return { models, lock: await holdLock() };
}

function describe(definition: ModelDefinition): AnnouncedModel {
  const { name, files, variants, variant } = definition;
  const own = isTransformersModel(definition) ? { task: definition.task, model: definition.model, options: definition.options } : {};
  // One by one: variants may share an object.
  const changes = variants && Object.entries<object>(variants).map(([key, fields]) => [key, cloneable(fields)] as const);
  return { ...cloneable({ name, files, variant, ...own }), ...(changes && { variants: Object.fromEntries(changes) }) };
}

/** Functions, as in the options of a pipeline and in the variants of an own loader, cannot be cloned. The page does not use them. */
function cloneable(fields: object): object {
  return JSON.parse(toJson(fields)) as object;
}

let held: Promise<string | undefined> | undefined;

/**
 * Acquires a Web Lock until this worker ends, and resolves with its name. A worker that is terminated or crashes sends no message,
 * but the platform releases its locks, which the page waits for. Resolves with `undefined` if the platform has no locks, refuses the
 * lock, or does not respond within a second: the page waits for this result.
 */
function holdLock(): Promise<string | undefined> {
  return (held ??= withLimit(DEVICE_LIMIT, acquireLock).catch(() => undefined));
}

function acquireLock(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const { locks } = (globalThis.navigator as { locks?: LockManager } | undefined) ?? {};
    if (!locks) {
      resolve(undefined);
      return;
    }
    const name = `model-download-worker:${crypto.randomUUID()}`;
    const hold = (): Promise<never> => {
      resolve(name);
      return new Promise(() => undefined);
    };
    locks.request(name, hold).catch(reject);
  });
}
