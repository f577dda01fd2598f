import { expect } from '@open-wc/testing';
import { forgetPartials, HeldFile, isWebKit, LARGE, LINK, MiB, sha256 } from '../../transfer/browser/held-file.js';

afterEach(forgetPartials);

describe('a download of 100 MB whose connection breaks', () => {
  it('survives twenty breaks at random offsets', async () => {
    const file = new HeldFile(LARGE);
    await file.scope.control({
      bandwidth: LINK,
      cutAfter: isWebKit ? 3 * MiB : 300_000,
      cutSpread: 4 * MiB,
      cutTimes: 20,
      match: file.file,
    });
    const response = await file.visit({ segmentSize: 8 * MiB })(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect(await file.answers()).to.have.lengthOf(21);
    // A connection may break before the browser has delivered any of its bytes.
    expect(await file.continuations()).to.deep.equal(file.breaks);
  });
});
