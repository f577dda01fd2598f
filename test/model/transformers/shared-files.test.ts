import { expect } from 'chai';
import { CONFIG, SharedFiles } from '#dist/model/transformers/shared-files.js';

const ADDRESS = `https://hub.example/own/model/resolve/main/${CONFIG}`;

function filesWith(...responses: readonly (() => Response)[]) {
  const requests: (RequestInit | undefined)[] = [];
  const files = new SharedFiles((_input, init) => {
    const respond = responses[Math.min(requests.length, responses.length - 1)];
    requests.push(init);
    return respond ? Promise.resolve(respond()) : Promise.reject(new TypeError('Failed to fetch'));
  });
  return { files, requests };
}

const ok = (): Response => new Response('{"model_type":"bert"}', { headers: { 'X-Own': '1', 'Content-Encoding': 'gzip' } });

describe('SharedFiles', () => {
  it('makes one request for two readers, each of which reads the whole body', async () => {
    const { files, requests } = filesWith(ok);
    const [json, response] = await Promise.all([files.json(ADDRESS), files.fetch(ADDRESS)]);
    expect(json).to.deep.equal({ model_type: 'bert' });
    expect(await response.json()).to.deep.equal({ model_type: 'bert' });
    expect(await (await files.fetch(ADDRESS)).json(), 'a later reader').to.deep.equal({ model_type: 'bert' });
    expect(requests).to.have.lengthOf(1);
  });

  it('sets the length of the decoded body and keeps the other headers', async () => {
    const { headers } = await filesWith(ok).files.fetch(ADDRESS);
    expect([headers.get('Content-Length'), headers.get('Content-Encoding'), headers.get('X-Own')]).to.deep.equal(['21', null, '1']);
  });

  it('returns an error response only to the reader that made the request', async () => {
    const { files, requests } = filesWith(() => new Response(null, { status: 401 }), ok);
    const [json, response] = await Promise.all([files.json(ADDRESS), files.fetch(ADDRESS, { headers: { 'X-Token': '1' } })]);
    expect(json).to.equal(undefined);
    expect(response.status).to.equal(200);
    expect(requests).to.deep.equal([undefined, { headers: { 'X-Token': '1' } }]);
  });

  it('requests again after an error response', async () => {
    const { files, requests } = filesWith(() => new Response(null, { status: 503 }), ok);
    expect((await files.fetch(ADDRESS)).status).to.equal(503);
    expect((await files.fetch(ADDRESS)).status).to.equal(200);
    expect(requests).to.have.lengthOf(2);
  });

  it('has no JSON if the request fails or the body is not JSON', async () => {
    expect(await filesWith().files.json(ADDRESS)).to.equal(undefined);
    expect(await filesWith(() => new Response('<html>')).files.json(ADDRESS)).to.equal(undefined);
  });

  it('resolves requested() with the request of either reader', async () => {
    const { files } = filesWith(ok);
    let isRequested = false;
    const requested = files.requested(ADDRESS).then(() => (isRequested = true));
    await Promise.resolve();
    expect(isRequested).to.equal(false);
    await files.fetch(new Request(ADDRESS));
    expect(await requested).to.equal(true);
  });
});
