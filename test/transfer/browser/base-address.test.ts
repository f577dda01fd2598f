import { expect } from '@open-wc/testing';
import { HeldFile, LINK, MEDIUM, MiB, sha256, forgetPartials } from './held-file.js';

describe('a relative address in a document with a base', () => {
  const base = document.createElement('base');

  afterEach(async () => {
    base.remove();
    await forgetPartials();
  });

  it('is resolved as the platform resolves it, for the first request and those that follow', async () => {
    const file = new HeldFile(MEDIUM);
    base.href = file.scope.url(MEDIUM.id, '');
    document.head.append(base);
    await file.scope.control({ bandwidth: LINK, cutAfter: 5 * MiB, cutTimes: 1, match: file.file });
    const addresses = new Set<string>();
    const inputs: unknown[] = [];
    const own = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
      if (input === MEDIUM.file) inputs.push(input);
      return fetch(input, init);
    };
    const response = await file.visit({
      fetch: own,
      onProgress: (url, report) => {
        addresses.add(url);
        file.reports.push(report);
      },
    })(MEDIUM.file);
    expect(await sha256(await response.arrayBuffer())).to.equal(await file.hash());
    expect([...addresses]).to.deep.equal([file.url]);
    expect(inputs, 'the caller’s own').to.have.lengthOf(2);
    expect(await file.answers()).to.have.lengthOf(2);
    expect(await file.continuations()).to.deep.equal(file.breaks);
  });
});
