// A file that the server could not send for a moment, and that Transformers.js works without.
import { expect } from 'chai';
import type { StateStorage } from 'model-download/core';
import { liftDeviceLimit } from '../support/lift-device-limit.js';
import { memoryStorage } from '../support/memory-storage.js';
import { HubScope, hubModel } from '../support/real-hub.js';
import { RealPage } from '../support/real-page.js';

const ID = 'local/tiny-chat';
const FILE = 'generation_config.json';

type Run = (input: string, options: object) => Promise<object[]>;

/**
 * Loads the model as a new visit, and returns how often its server was asked for the file.
 *
 * @param isWarm Whether all files are stored, so that the load only looks them up on this device.
 */
async function visit(scope: HubScope, storage: StateStorage, isWarm = false): Promise<number> {
  const before = (await scope.answers(FILE)).length;
  const { task, sample, versions } = hubModel(ID);
  // Without `files`, the plan of a visit is that of the one before.
  const models = { [ID]: { task, model: ID, options: versions.v3?.options } };
  const restoreLimit = isWarm ? liftDeviceLimit() : undefined;
  const page = new RealPage(3, scope, [ID], { storage, models });
  try {
    const run = await page.downloads.load<Run>(ID);
    expect(await run(sample.input, sample.options)).to.have.lengthOf(1);
    if (restoreLimit) expect(restoreLimit(), 'look-ups without a limit').to.be.greaterThan(0);
  } finally {
    restoreLimit?.();
    page.close();
    page.downloads.dispose();
  }
  return (await scope.answers(FILE)).length - before;
}

describe('a load without an optional file', () => {
  it('requests it again at the next visit if its server could not send it, and not once it is stored', async function () {
    this.timeout(240_000);
    const [scope, storage] = [new HubScope(), memoryStorage().storage];
    await scope.control({ match: FILE, status: 500 });
    expect(await visit(scope, storage), 'while the server is broken').to.equal(1);
    await scope.control({ status: null });
    expect(await visit(scope, storage), 'afterwards').to.equal(1);
    expect(await visit(scope, storage, true), 'with the stored file').to.equal(0);
  });

  it('does not request it again if the server has said that there is none', async function () {
    this.timeout(240_000);
    const [scope, storage] = [new HubScope(), memoryStorage().storage];
    await scope.control({ match: FILE, status: 404 });
    expect(await visit(scope, storage)).to.equal(1);
    expect(await visit(scope, storage, true)).to.equal(0);
  });
});
