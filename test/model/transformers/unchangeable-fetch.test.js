// A page whose `fetch` is not replaceable: its models load as they do without this library.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

/** A page, in a process of its own, since a property that is not configurable stays so. */
const page = `
  import { createServer } from 'node:http';
  import { installDownloadFetch } from 'model-download/adapters/transformers';
  const server = createServer((request, response) => response.end('{}')).listen(0, '127.0.0.1', async () => {
    const remoteHost = 'http://127.0.0.1:' + server.address().port + '/';
    const own = (...given) => native(...given);
    const native = globalThis.fetch;
    Object.defineProperty(globalThis, 'fetch', { value: own, writable: false, configurable: false });
    const { uninstall } = installDownloadFetch({ env: { version: '3.8.1', remoteHost }, pipeline: () => Promise.resolve() });
    const text = await (await fetch(remoteHost + 'org/model/resolve/main/config.json')).text();
    uninstall();
    console.log(JSON.stringify({ text, isOwn: globalThis.fetch === own }));
    server.closeAllConnections();
    server.close();
  });
`;

describe('a page whose fetch is not replaceable', () => {
  it('loads its models by the fetch of the platform', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', page], { cwd: import.meta.dirname });
    assert.deepEqual(JSON.parse(stdout), { text: '{}', isOwn: true });
  });
});
