// The option `connections` of a page, with a server that limits each connection.
import { expect } from '@open-wc/testing';
import { HubScope, hubModel, type HubRequest } from '../../support/real-hub.js';
import { definitionOf, RealPage } from '../../support/real-page.js';

type Run = (input: string, options: object) => Promise<object[]>;

const ID = 'local/large-chat';
const VERSION = 4;
const { file: weights = '' } = definitionOf(ID, VERSION).files.find(({ file }) => file.endsWith('.onnx')) ?? {};

/** Loads the model; returns the requests for its weights, without version 4's probes. */
async function load(connections?: number): Promise<readonly HubRequest[]> {
  const scope = new HubScope();
  await scope.control({ bodyBandwidth: 8_000_000 });
  const page = new RealPage(VERSION, scope, [ID], { connections });
  try {
    const run = await page.downloads.load<Run>(ID);
    const { sample } = hubModel(ID);
    expect((await run(sample.input, sample.options))[0]).to.deep.equal(sample.expected);
  } finally {
    page.close();
  }
  return (await scope.answers(weights)).filter(({ range }) => range !== 'bytes=0-0');
}

describe('a large model from a server that limits each connection', function () {
  this.timeout(240_000);

  it('is requested over one connection by default', async () => {
    expect((await load()).map(({ range }) => range)).to.deep.equal([null]);
  });

  it('is requested over several with `connections: 4`', async () => {
    const [first, ...others] = await load(4);
    expect(first?.range).to.equal(null);
    expect(
      others.some(({ range }) => /^bytes=[1-9]\d*-\d+$/.test(range ?? '')),
      'a range with an end',
    ).to.equal(true);
  });
});
