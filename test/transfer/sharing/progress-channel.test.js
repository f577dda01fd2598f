import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { ProgressChannel } from '../../../dist/transfer/sharing/progress-channel.js';
import { refusal, stub } from '../ports-support.js';

describe('a progress channel', () => {
  it('serves the callers of a page if the platform’s channel throws', async (test) => {
    const broken = {
      'whose constructor throws': class {
        constructor() {
          throw refusal('SecurityError');
        }
      },
      'that throws at each message': class {
        postMessage() {
          throw refusal('InvalidStateError');
        }
      },
      'that is missing': undefined,
    };
    for (const [name, value] of Object.entries(broken)) {
      stub(test, 'BroadcastChannel', { value });
      const channel = ProgressChannel.of(name);
      channel.open();
      const heard = [];
      const unfollow = channel.follow('a', (progress) => heard.push(progress));
      channel.publish({ url: 'a', loaded: 1, total: undefined }, 0);
      unfollow();
      channel.publish({ url: 'a', loaded: 2, total: undefined }, 1_000);
      assert.deepEqual(heard, [{ url: 'a', loaded: 1, total: undefined }], name);
      channel.close();
    }
  });

  it('ignores the messages of others', async (test) => {
    /** @type {any} */
    let channel;
    stub(test, 'BroadcastChannel', {
      value: class {
        constructor() {
          channel = this;
        }
        postMessage() {}
      },
    });
    const heard = [];
    ProgressChannel.of('strange').open();
    ProgressChannel.of('strange').follow('a', (progress) => heard.push(progress));
    for (const data of [null, undefined, 1, 'asks', [], {}, { url: 'a' }]) channel.onmessage({ data });
    channel.onmessage({ data: { url: 'a', loaded: 3, total: 4 } });
    assert.deepEqual(heard, [{ url: 'a', loaded: 3, total: 4 }]);
  });
});
