// A real worker with the page's models. Its address contains the version of Transformers.js and the hub.
import { exposeDownloads, type TransformersModule } from 'model-download/adapters/worker';

interface Recipe {
  importTransformers(version: number, remoteHost: string): Promise<TransformersModule>;
}

/** A question of the page to a model. */
export interface Question {
  readonly modelKey: string;
  readonly input: string;
  readonly options: object;
}

type Run = (input: string, options: object) => Promise<unknown[]>;

const settings = new URLSearchParams(location.search);
const text = (name: string): string => settings.get(name) ?? '';

const models = exposeDownloads(globalThis, {
  random: () => 0,
  transformers: async () => {
    const { importTransformers } = (await import(text('recipe'))) as Recipe;
    return importTransformers(Number(text('version')), text('remoteHost'));
  },
});

globalThis.addEventListener('message', ({ data, ports: [port] }: MessageEvent<{ question?: Question }>) => {
  if (!data.question) return;
  const { modelKey, input, options } = data.question;
  void models
    .get<Run>(modelKey)
    .then((run) => run(input, options))
    .then(([answer]) => port?.postMessage(answer));
});
