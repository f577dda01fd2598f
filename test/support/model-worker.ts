// A worker that loads a model by the transfer layer, runs it once and reports the result.
import { installDownloadFetch, type TransformersModule } from 'model-download/adapters/transformers';
import type { FileProgressReport } from 'model-download/transfer';

/** A request to the worker. */
export interface WorkerLoad {
  readonly recipe: string;
  readonly version: number;
  readonly remoteHost: string;
  readonly task: string;
  readonly model: string;
  readonly options: object;
  readonly input: string;
  readonly runOptions: object;
}

/** The worker's answer. */
export interface WorkerResult {
  readonly output?: unknown;
  readonly error?: string;
  readonly reports: readonly (readonly [url: string, report: FileProgressReport])[];
}

interface Recipe {
  importTransformers(version: number, remoteHost: string): Promise<TransformersModule>;
}

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<WorkerLoad>) => void;
  postMessage: (result: WorkerResult) => void;
};

scope.onmessage = ({ data }) => {
  const reports: [string, FileProgressReport][] = [];
  load(data, (url, report) => reports.push([url, report])).then(
    (output) => scope.postMessage({ output, reports }),
    (error: unknown) => scope.postMessage({ error: String(error), reports }),
  );
};

async function load(
  { recipe, version, remoteHost, task, model, options, input, runOptions }: WorkerLoad,
  onProgress: (url: string, report: FileProgressReport) => void,
): Promise<unknown> {
  const { importTransformers } = (await import(recipe)) as Recipe;
  const transformers = await importTransformers(version, remoteHost);
  installDownloadFetch(transformers, { namespace: remoteHost, random: () => 0, onProgress });
  const pipeline = transformers.pipeline as (
    task: string,
    model: string,
    options: object,
  ) => Promise<(input: string, options: object) => Promise<unknown[]>>;
  const run = await pipeline(task, model, options);
  return (await run(input, runOptions))[0];
}
