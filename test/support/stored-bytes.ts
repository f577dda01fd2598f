import type { ModelDownloads, ModelStorage } from 'model-download';

/** The bytes of each model on this device. */
export async function storedBytes(downloads: ModelDownloads): Promise<Pick<ModelStorage, 'modelKey' | 'bytes' | 'partialBytes'>[]> {
  const { models } = await downloads.storage();
  return models.map(({ modelKey, bytes, partialBytes }) => ({ modelKey, bytes, partialBytes }));
}
