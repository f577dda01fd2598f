import { expect } from 'chai';
import { readListing } from '#dist/transfer/integrity/read-listing.js';

const FIRST = 'https://hub.example/api/models/a/b/tree/main?recursive=true';
const sha256 = 'ab'.repeat(32);
const oid = 'cd'.repeat(20);
const page = (entries: unknown, next?: string) =>
  new Response(typeof entries === 'string' ? entries : JSON.stringify(entries), { headers: next ? { Link: `<${next}>; rel="next"` } : {} });
const read = async (...pages: Response[]) => {
  const addresses: string[] = [];
  const files = await readListing(FIRST, (address) => {
    addresses.push(address);
    return Promise.resolve(pages[Math.min(addresses.length, pages.length) - 1]!.clone());
  });
  return { files: Object.fromEntries(files), addresses };
};
const failure = (...pages: Response[]): Promise<string> =>
  read(...pages).then(
    () => 'none',
    (error: unknown) => (error as Error).message,
  );

describe('readListing', () => {
  it('returns size and hash of small and large files', async () => {
    const { files } = await read(
      page([
        { type: 'file', path: 'config.json', size: 12, oid },
        { type: 'file', path: 'model.onnx', size: 130, oid, lfs: { oid: sha256, size: 9_000 } },
        { type: 'file', path: 'plain.bin', size: 5, oid, lfs: null },
        { type: 'directory', path: 'onnx', size: 0, oid },
      ]),
    );
    expect(files).to.deep.equal({
      'config.json': { size: 12, sha256: undefined, oid },
      'model.onnx': { size: 9_000, sha256, oid: undefined },
      'plain.bin': { size: 5, sha256: undefined, oid },
    });
  });

  it('leaves invalid values out', async () => {
    const entry = { type: 'file', size: -1, oid: oid.toUpperCase(), lfs: undefined };
    const { files } = await read(
      page([
        { ...entry, path: 'a' },
        { ...entry, path: 'b', size: 1.5, oid: `${oid}0` },
        { ...entry, path: 'c', size: '1', oid: 1 },
        { ...entry, path: 'd', size: 0, lfs: { oid: `g${sha256.slice(1)}` } },
        { ...entry, path: 5 },
        null,
        'text',
      ]),
    );
    const nothing = { size: undefined, sha256: undefined, oid: undefined };
    expect(files).to.deep.equal({ a: nothing, b: nothing, c: nothing, d: { ...nothing, size: 0 } });
  });

  it('follows links to next pages at the same origin', async () => {
    const next = '/api/models/a/b/tree/main?cursor=2';
    const { files, addresses } = await read(
      page([{ type: 'file', path: 'a', size: 1 }], next),
      page([{ type: 'file', path: 'b', size: 2 }]),
    );
    expect(Object.keys(files)).to.deep.equal(['a', 'b']);
    expect(addresses).to.deep.equal([FIRST, `https://hub.example${next}`]);
    expect(await failure(page([], 'https://other.example/'))).to.equal('Expected the next page at the same origin, found another');
  });

  it('rejects answers that are not a listing', async () => {
    expect(await failure(new Response('[]', { status: 404 }))).to.equal('Expected a listing, received status 404');
    expect(await failure(page({}))).to.equal('The listing must be an array');
    expect(await failure(page('[{'))).to.include('JSON');
  });

  it('rejects more than 50 pages', async () => {
    const pages = Array.from({ length: 50 }, (_, path) => page([{ type: 'file', path: String(path), size: 1 }], FIRST));
    const { addresses } = await read(...pages.slice(1), page([]));
    expect(addresses.length).to.equal(50);
    expect(await failure(...pages)).to.equal('Expected at most 50 pages of a listing, found more');
  });

  it('rejects a listing that continues after a page without a new entry', async () => {
    const [known, folder] = [
      { type: 'file', path: 'a', size: 1 },
      { type: 'directory', path: 'b' },
    ];
    expect((await read(page([known], FIRST), page([folder], FIRST), page([known]))).addresses).to.have.lengthOf(3);
    for (const entries of [[known], []]) {
      expect(await failure(page([known], FIRST), page(entries, FIRST))).to.equal(
        'Expected new entries on each page of a listing, found none',
      );
    }
  });

  it('rejects more than 4 Mi characters over all pages', async () => {
    const half = 2 * 1024 * 1024;
    /** A page of that many characters, with one entry. */
    const sized = (length: number, path: string, next?: string) =>
      page(`[{"path":"${path}"}${' '.repeat(length - path.length - 13)}]`, next);
    expect(await sized(half, 'a').text()).to.have.lengthOf(half);
    expect((await read(sized(half, 'a', FIRST), sized(half, 'b'))).addresses.length).to.equal(2);
    expect(await failure(sized(half, 'a', FIRST), sized(half + 1, 'b'))).to.match(/^Expected at most 4194304 characters/);
  });
});
