// A large file over several connections, in real browsers: their connections, their memory for bodies, and their storage.
import { expect } from '@open-wc/testing';
import { until } from '../../support/until.js';
import { forgetPartials, HeldFile, LARGE, MiB, readUntil, sha256 } from './held-file.js';

/** The most bytes that a closed connection loses: those that the sockets and the browser hold. */
const IN_FLIGHT = 6 * MiB;

afterEach(forgetPartials);

describe('a large file from a server that limits each connection', function () {
  this.timeout(240_000);

  it('arrives over several connections, whole and in order', async () => {
    const file = new HeldFile(LARGE);
    // A busy machine must be able to read four times as much.
    await file.scope.control({ bodyBandwidth: 4_000_000 });
    const response = await file.visit({ connections: 4 })(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    const answers = await file.answers();
    expect(
      answers.some(({ range }) => range !== null),
      'several connections',
    ).to.equal(true);
    expect(await file.surplus(), 'bytes that were sent twice').to.be.lessThan(IN_FLIGHT);
    const loaded = file.reports.map((report) => report.loaded);
    expect(loaded).to.deep.equal([...loaded].sort((a, b) => a - b));
  });

  it('survives twenty breaks at random offsets', async () => {
    const file = new HeldFile(LARGE);
    const cuts = { cutAfter: 300_000, cutSpread: 6 * MiB, cutTimes: 20, match: file.file };
    await file.scope.control({ bodyBandwidth: 8_000_000, ...cuts });
    const response = await file.visit({ connections: 4 })(file.url);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
  });

  it('continues after a pause', async () => {
    const file = new HeldFile(LARGE);
    await file.scope.control({ bodyBandwidth: 4_000_000 });
    const visit = file.visit({ connections: 4 });
    const body = await readUntil(await visit(file.url), 32 * MiB);
    visit.pause();
    await until(async () => (await file.answers()).every(({ finished, aborted }) => finished || aborted));
    visit.resume();
    expect(await sha256(await body.rest())).to.equal(await file.hash());
    expect(await file.surplus(), 'bytes that were sent twice').to.be.lessThan(4 * IN_FLIGHT);
  });
});
