// The declarations, read by the oldest TypeScript that the README names, and by its old way to find modules.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { promisify } from 'node:util';
import { packOwn } from './tarballs.js';

const run = promisify(execFile);
const options = [
  '--noEmit',
  '--strict',
  '--target',
  'es2022',
  '--module',
  'esnext',
  '--lib',
  'es2022,dom,dom.iterable',
  '--types',
  'trusted-types',
  'all.ts',
  'script.ts',
];

const MISSING_FRAMEWORK = /error TS2307: Cannot find module '(@angular\/core|react|svelte\/elements|vue)'/;

const script = `
  import { ModelDownloads } from 'model-download';
  import { createDownloadFetch, type Chunk } from 'model-download/transfer';
  import { defineModels } from 'model-download/adapters/transformers';
  import { toDownloadPart } from 'model-download/adapters/ai-sdk';
  import 'model-download/define';
  import 'model-download/define/model-progress-mini';

  new ModelDownloads().connect(document);
  document.querySelector('model-download-dialog')?.show();
  export const bytes: Chunk = new Uint8Array(1);
  // @ts-expect-error: a function has no such method, which shows that its type is known.
  createDownloadFetch().toFixed();
  export { defineModels, toDownloadPart };
`;

/** A script that imports every entry with types. */
async function importAll() {
  const { exports } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
  const names = Object.keys(exports).filter((name) => exports[name].types && !name.includes('*'));
  assert.equal(names.length, 20);
  return names.map((name, index) => {
    const entry = `model-download${name.slice(1)}`;
    return `import '${entry}';\nimport * as entry${index} from '${entry}';\nexport { entry${index} };\n`;
  });
}

let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-types-'));
  const files = { 'package.json': '{ "private": true }', 'script.ts': script, 'all.ts': (await importAll()).join('') };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)));
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', 'typescript@5.4.5', await packOwn(folder)], { cwd: folder });
});

after(() => rm(folder, { recursive: true, force: true }));

for (const resolution of ['bundler', 'node10']) {
  it(`reads them with moduleResolution ${resolution}`, async () => {
    const readme = await readFile(join(import.meta.dirname, '../../README.md'), 'utf8');
    assert.match(readme, /TypeScript 5\.4 and newer/);
    const { stdout } = await run('node_modules/.bin/tsc', ['--moduleResolution', resolution, ...options], { cwd: folder }).catch(
      (error) => error,
    );
    // A project has the framework whose entry it imports; this one has none.
    const complaints = stdout.split('\n').filter((line) => !MISSING_FRAMEWORK.test(line));
    assert.equal(complaints.join('\n'), '');
  });
}
