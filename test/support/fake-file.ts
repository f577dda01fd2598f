import { clearCaches, FakeHub } from './fake-hub.js';

/** The address of the only file of {@link eachWithFile}. */
export const ADDRESS = 'https://files.test/model.bin';

/** Gives each test a {@link FakeHub}, and empty caches. */
export function eachWithHub(): { readonly hub: FakeHub } {
  const stage = {} as { hub: FakeHub };

  beforeEach(async () => {
    await clearCaches();
    stage.hub = new FakeHub();
  });

  afterEach(async () => {
    stage.hub.close();
    await clearCaches();
  });

  return stage;
}

/** Gives each test a {@link FakeHub} with one file, whose text is `model`, and empty caches. */
export function eachWithFile(): { readonly hub: FakeHub } {
  const stage = eachWithHub();
  beforeEach(() => stage.hub.put(ADDRESS, 'model', { ETag: '"1"' }));
  return stage;
}
