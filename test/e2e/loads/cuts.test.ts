import { expect } from '@open-wc/testing';
import { forgetPartials, HeldFile, IN_FLIGHT, isWebKit, LARGE, LINK, MiB, sha256, starts } from '../../transfer/browser/held-file.js';

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
    const answers = await file.answers();
    expect(answers).to.have.lengthOf(21);
    const held = file.reports.filter(({ phase }) => phase === 'waiting').map(({ loaded }) => loaded);
    // A connection may break before the browser has delivered any of its bytes.
    expect([...new Set(starts(answers))]).to.deep.equal([...new Set([0, ...held])]);
    expect(await file.surplus()).to.be.within(0, 20 * IN_FLIGHT);
  });
});
