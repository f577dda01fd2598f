import { expect } from 'chai';
import { createDownloadFetch, MemoryPartialStore, type DownloadFetch } from 'model-download/transfer';
import { suspectAddresses } from '#dist/transfer/network/suspect-addresses.js';
import { cut, sha256Of, TEXT, whole, type Reply } from '../../support/body-parts.js';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { answer, newUrl } from '../../support/transfer-parts.js';

const page: Reply = () => answer('<!doctype html><title>Sign in</title>', { headers: { 'Content-Type': 'text/html' } });

let namespaces = 0;

/** A page with one server, which replies to each address in order. */
function pageWith(replies: Readonly<Record<string, Reply[]>>, sha256?: string) {
  const modes: (RequestCache | undefined)[] = [];
  const create = (): DownloadFetch =>
    createDownloadFetch({
      clock: new FakeClock(),
      store: new MemoryPartialStore(),
      namespace: `suspect-${++namespaces}`,
      lookUp: () => Promise.resolve(sha256 === undefined ? undefined : { size: TEXT.length, sha256 }),
      recover: (cause) => Promise.reject(cause),
      fetch: (input, init = {}) => {
        modes.push(init.cache);
        const reply = replies[input as string]?.shift();
        return reply ? Promise.resolve(reply(init)) : Promise.reject(new TypeError('Failed to fetch'));
      },
    });
  return { create, modes };
}

const textOf = async (download: DownloadFetch, url: string): Promise<string> => (await download(url)).text();

describe('an address whose last response was not the file', () => {
  it('is requested past the cache of the browser until the file has arrived', async () => {
    const url = newUrl();
    const { create, modes } = pageWith({ [url]: [page, page, whole(), whole()] });
    const download = create();
    for (const attempt of [1, 2]) expect(await rejectionOf(textOf(download, url)), `${attempt}`).to.include({ code: 'corrupt' });
    expect(suspectAddresses.has(url)).to.equal(true);
    for (const attempt of [3, 4]) expect(await textOf(download, url), `${attempt}`).to.equal(TEXT);
    expect(suspectAddresses.has(url)).to.equal(false);
    expect(modes).to.deep.equal([undefined, 'reload', 'reload', undefined]);
  });

  it('is so for every download of the page, and no other address is', async () => {
    const [url, other] = [newUrl(), newUrl()];
    const { create, modes } = pageWith({ [url]: [page, whole()], [other]: [whole()] });
    await rejectionOf(textOf(create(), url));
    expect(await textOf(create(), other)).to.equal(TEXT);
    expect(await textOf(create(), url)).to.equal(TEXT);
    expect(modes).to.deep.equal([undefined, undefined, 'reload']);
  });

  it('is one whose body has another hash than the file', async () => {
    const url = newUrl();
    const { create, modes } = pageWith({ [url]: [whole({}, 'abcdefghij'), whole()] }, await sha256Of(TEXT));
    const download = create();
    expect(await rejectionOf(textOf(download, url))).to.include({ code: 'corrupt' });
    expect(await textOf(download, url)).to.equal(TEXT);
    expect(modes).to.deep.equal([undefined, 'reload']);
  });

  it('lets the other files of its model be compared with those of the server', async () => {
    const addressOf = (model: string, file: string): string => `https://hub.example/suspect/${model}/resolve/main/${file}`;
    const [config, weights, other] = [
      addressOf('one', 'config.json'),
      addressOf('one', 'onnx/a%20b.onnx'),
      addressOf('two', 'config.json'),
    ];
    const replies = { [config]: [whole({}, 'abcdefghij'), whole()], [weights]: [whole(), whole()], [other]: [whole()] };
    const { create, modes } = pageWith(replies, await sha256Of(TEXT));
    const download = create();
    expect(await rejectionOf(textOf(download, config))).to.include({ code: 'corrupt' });
    for (const url of [weights, other, config]) expect(await textOf(download, url)).to.equal(TEXT);
    expect(await (await download(weights, { cache: 'no-store' })).text()).to.equal(TEXT);
    expect(modes).to.deep.equal([undefined, 'no-cache', undefined, 'reload', 'no-store']);
  });

  it('does not concern other files if its response was a page', async () => {
    const addressOf = (file: string): string => `https://hub.example/portal/one/resolve/main/${file}`;
    const { create, modes } = pageWith({ [addressOf('config.json')]: [page], [addressOf('tokenizer.json')]: [whole()] });
    const download = create();
    expect(await rejectionOf(textOf(download, addressOf('config.json')))).to.include({ code: 'corrupt' });
    expect(await textOf(download, addressOf('tokenizer.json'))).to.equal(TEXT);
    expect(modes).to.deep.equal([undefined, undefined]);
  });

  it('is not one whose server has failed, or whose connection has broken', async () => {
    const url = newUrl();
    const refused: Reply = () => answer('No', { status: 503 });
    const broken: Reply = () => Promise.reject(new TypeError('Failed to fetch'));
    const { create, modes } = pageWith({ [url]: [refused, broken, cut(4), whole()] });
    for (const attempt of [1, 2, 3]) expect(await rejectionOf(textOf(create(), url)), `${attempt}`).not.to.equal(undefined);
    expect(await textOf(create(), url)).to.equal(TEXT);
    expect(modes).to.deep.equal([undefined, undefined, undefined, undefined]);
  });
});
