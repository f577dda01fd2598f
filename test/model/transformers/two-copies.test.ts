// Two copies of this package on one page, such as those of two widgets: both load models with the same `fetch`.
import { expect } from 'chai';
import type * as hook from '#dist/model/transformers/fetch-hook.js';
import type { FetchRoute } from '#dist/model/transformers/fetch-hook.js';

type Hook = typeof hook;

let copies = 0;
const copy = async (): Promise<Hook> => (await import(`/dist/model/transformers/fetch-hook.js?copy=${++copies}`)) as Hook;

const FILE = 'https://hub.example/a';

/** A module of version 4 whose server responds with `server`. */
const moduleWith = () => ({
  env: { version: '4.3.1', fetch: () => Promise.resolve(new Response('server')) },
  pipeline: () => Promise.resolve(undefined),
});

const routeWith = (text: string): FetchRoute => ({ matches: () => true, fetch: () => Promise.resolve(new Response(text)) });

describe('two copies of the package', () => {
  it('do not both replace the fetch of a module, and their own requests pass no route', async () => {
    const [first, second] = [await copy(), await copy()];
    const transformers = moduleWith();
    const { fetch } = transformers.env;
    const textOf = async (request: (url: string) => Promise<Response>): Promise<string> => (await request(FILE)).text();
    const requested = (): Promise<string> => textOf(transformers.env.fetch);
    const leaveFirst = first.addRoute(transformers, routeWith('first'));
    expect([first.isRoutable(transformers, FILE), second.isRoutable(transformers, FILE)]).to.deep.equal([true, false]);
    const leaveSecond = second.addRoute(transformers, routeWith('second'));
    expect(await requested()).to.equal('first');
    expect(await Promise.all([first, second].map((own) => textOf(own.originalFetch(transformers))))).to.deep.equal(['server', 'server']);
    leaveFirst();
    expect(await requested(), 'the load of the second copy continues without a route').to.equal('server');
    expect(await textOf(second.originalFetch(transformers))).to.equal('server');
    leaveSecond();
    expect(transformers.env.fetch).to.equal(fetch);
    const leaveNext = second.addRoute(transformers, routeWith('second'));
    expect([await requested(), first.isRoutable(transformers, FILE)]).to.deep.equal(['second', false]);
    leaveNext();
    expect([transformers.env.fetch, first.isRoutable(transformers, FILE)]).to.deep.equal([fetch, true]);
  });

  it('do so also if the page has wrapped the replaced fetch', async () => {
    const [first, second] = [await copy(), await copy()];
    const transformers = moduleWith();
    const leave = first.addRoute(transformers, routeWith('first'));
    const { fetch } = transformers.env;
    transformers.env.fetch = () => fetch();
    const leaveSecond = second.addRoute(transformers, routeWith('second'));
    expect(await (await transformers.env.fetch()).text()).to.equal('first');
    leaveSecond();
    leave();
    expect(await (await transformers.env.fetch()).text()).to.equal('server');
  });
});
