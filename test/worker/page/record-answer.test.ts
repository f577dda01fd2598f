import { expect } from 'chai';
import { DownloadFailure, type AggregateProgressInfo } from 'model-download/core';
import { StoredPlans, sourceOf } from '#dist/model/index.js';
import { recordAnswer } from '#dist/worker/page/record-answer.js';
import { packFailure } from '#dist/worker/packed-failure.js';
import { requestedModel } from '#dist/worker/page/requested-model.js';
import type { WorkerProviderOptions } from '#dist/worker/page/worker-provider.js';
import { memoryStorage } from '../../support/memory-storage.js';

const definition = { task: 'fill-mask', model: 'own/model' };
const ADDRESS = 'https://hub.example/own/model/resolve/main/';
const ANSWER = { version: '4.3.1', address: ADDRESS, absent: [`${ADDRESS}generation_config.json`] };
const aggregate = { files: [{ file: 'config.json', total: 2 }], totalIsExact: true } as unknown as AggregateProgressInfo;

/** The page's end of a load in a worker. */
function page() {
  const { storage } = memoryStorage();
  const options = { storage, namespace: 'app', learned: new StoredPlans(storage, 'app'), clock: { now: () => 0 } };
  const provider = options as unknown as WorkerProviderOptions;
  const receive = (answer: Parameters<typeof recordAnswer>[3]): void =>
    recordAnswer(provider, { aggregate, definition }, { modelKey: 'phi', kind: 'load' }, answer);
  return { receive, learned: () => requestedModel(provider, 'phi', definition).learned };
}

describe('the answer of a worker to a load', () => {
  it('is sent with the next request: the files, and those that do not exist', () => {
    const { receive, learned } = page();
    expect(learned()).to.equal(undefined);
    receive(ANSWER);
    expect(learned()).to.deep.equal({ ...ANSWER, plan: [{ file: 'config.json', size: 2 }] });
    expect(sourceOf(definition)).not.to.equal('');
  });

  it('deletes the files that do not exist if the load has failed, but not if its connection broke', () => {
    const { receive, learned } = page();
    receive(ANSWER);
    expect(() => receive({ failure: packFailure(new DownloadFailure('network', 'offline')) })).to.throw('offline');
    expect(learned()?.absent).to.deep.equal(ANSWER.absent);
    expect(() => receive({ failure: packFailure(new DownloadFailure('runtime', 'no session')) })).to.throw('no session');
    expect(learned()).to.deep.include({ version: '4.3.1', absent: [] });
  });
});
