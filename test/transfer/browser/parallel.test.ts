// A large file over several connections, in real browsers: their connections, their memory for bodies, and their storage.
import { expect } from '@open-wc/testing';
import { HeldFile, LARGE, MiB, sha256 } from './held-file.js';

/** The most bytes that a closed connection loses: those that the sockets and the browser hold. */
const IN_FLIGHT = 6 * MiB;

describe('a large file from a server that limits each connection', function () {
  this.timeout(240_000);

  it('arrives over several connections, whole and in order', async () => {
    const file = new HeldFile(LARGE);
    // A busy machine must be able to read four times as much.
    await file.scope.control({ bodyBandwidth: 4_000_000 });
    const response = await file.visit()(file.url);
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
});
