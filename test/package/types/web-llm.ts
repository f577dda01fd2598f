// Compiles as long as the adapter fits the types of @mlc-ai/web-llm. Nothing here runs.
import { CreateMLCEngine, hasModelInCache, MLCEngine, type InitProgressCallback, type InitProgressReport } from '@mlc-ai/web-llm';
import { webLlmLoader, type ModelLoader, type WebLlmCallback, type WebLlmReport } from 'model-download/adapters/web-llm';

const toOurs = (report: InitProgressReport): WebLlmReport => report;
const toTheirs = (report: WebLlmReport): InitProgressReport => report;
const callback = (ours: WebLlmCallback): InitProgressCallback => ours;

const create = (ids: string[]): ModelLoader<MLCEngine> =>
  webLlmLoader((initProgressCallback) => CreateMLCEngine(ids, { initProgressCallback }), { isCached: () => hasModelInCache('') });

const createAndStop = (id: string): ModelLoader<MLCEngine> =>
  webLlmLoader(async (initProgressCallback, signal) => {
    const engine = new MLCEngine({ initProgressCallback });
    signal.addEventListener('abort', () => void engine.unload());
    await engine.reload(id);
    return engine;
  });

export const fits = { toOurs, toTheirs, callback, create, createAndStop };
