import { ModelDownloads } from 'model-download';

/** Imports the engine, so that the loads of a test call their loader at once. */
export async function importEngine(Manager: typeof ModelDownloads = ModelDownloads): Promise<void> {
  const downloads = new Manager({ storage: null, models: { first: { load: () => Promise.resolve() } } });
  await downloads.load('first');
  downloads.dispose();
}
