import { isTransformersModel, type ModelDefinition } from '../../model/index.js';
import { DEVICE_LIMIT, withLimit } from '../../model/index.js';
import type { AnnouncedModel } from '../messages.js';

/** What the page is told of the models of a worker, and what tells it that the worker lives. */
export async function announceModels(
  definitions: ReadonlyMap<string, ModelDefinition>,
): Promise<{ models: Readonly<Record<string, AnnouncedModel>>; lock: string | undefined }> {
  const models = Object.fromEntries([...definitions].map(([modelKey, definition]) => [modelKey, describe(definition)]));
  return { models, lock: await holdLock() };
}

function describe(definition: ModelDefinition): AnnouncedModel {
  const { name, files } = definition;
  const own = isTransformersModel(definition) ? { task: definition.task, model: definition.model, options: definition.options } : {};
  // Functions among the options of a pipeline cannot be cloned, and are nothing to the page.
  return JSON.parse(JSON.stringify({ name, files, ...own })) as AnnouncedModel;
}

let held: Promise<string | undefined> | undefined;

/**
 * Takes a Web Lock for as long as this worker lives. A worker that is terminated or crashes says
 * nothing; the platform frees its locks, and the page that waits for them knows. `undefined` where locks
 * are missing, refuse or hang: the page waits for what is said here.
 */
function holdLock(): Promise<string | undefined> {
  return (held ??= withLimit(DEVICE_LIMIT, takeLock).catch(() => undefined));
}

function takeLock(): Promise<string | undefined> {
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
