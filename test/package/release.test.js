// The release: the content of the tarball, and the fields that the release step fills in.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { addressOf, stage } from '../../tools/release/stage.js';
import { versionOf } from '../../tools/release/version.js';
import { packOwn } from '../frameworks/tarballs.js';

const root = join(import.meta.dirname, '../..');
const address = 'https://git.example/owner/model-download';

let folder;
/** The folder that would be published. */
let published;
let files;
let manifest;

const read = (/** @type {string} */ path) => readFile(join(published, path), 'utf8');

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-download-release-'));
  published = await stage(await packOwn(folder), folder, address);
  const entries = await readdir(published, { recursive: true, withFileTypes: true });
  files = entries.filter((entry) => entry.isFile()).map((entry) => relative(published, join(entry.parentPath, entry.name)));
  manifest = JSON.parse(await read('package.json'));
});

after(() => rm(folder, { recursive: true, force: true }));

describe('the release', () => {
  it('stops without the address of the project', async () => {
    for (const none of [undefined, '', 'owner/name', 'http://git.example/owner/name', 'https://git.example']) {
      assert.throws(() => addressOf(none), /REPOSITORY_URL/, String(none));
    }
    assert.equal(addressOf(`${address}.git`), address);
    const env = { ...process.env, REPOSITORY_URL: '' };
    await assert.rejects(promisify(execFile)('node', ['tools/release/run.js'], { cwd: root, env }), /REPOSITORY_URL/);
  });

  it('rejects a version that the newest section of the changelog does not describe', () => {
    for (const heading of ['## 1.2.0', '## v1.2.0', '## 1.2.0 (2026-12-01)', '## 1.2.0, December'])
      assert.equal(versionOf(`# Changelog\n\n${heading}\n\n- New.\n\n## 1.1.0\n`, '1.2.0'), '1.2.0');
    for (const changelog of ['# Changelog\n\n## Unreleased\n\n## 1.2.0\n', '# Changelog\n', '## 1.2.1\n'])
      assert.throws(() => versionOf(changelog, '1.2.0'), /must be “## 1\.2\.0”/);
  });

  it('is the only way to publish, since npm publishes no private package', async () => {
    assert.equal(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')).private, true);
    assert.equal(manifest.private, undefined);
  });

  it('fills in the project’s address', () => {
    assert.deepEqual(manifest.repository, { type: 'git', url: `git+${address}.git` });
    assert.equal(manifest.homepage, `${address}#readme`);
    assert.deepEqual(manifest.bugs, { url: `${address}/issues` });
  });

  it('makes the picture and the links of the README point to published files of this version', async () => {
    const targets = linksOf(await read('README.md'));
    assert.deepEqual(
      targets.filter((target) => !/^https?:/.test(target)),
      [],
    );
    const base = `https://cdn.jsdelivr.net/npm/model-download@${manifest.version}/`;
    const own = targets.filter((target) => target.startsWith(base)).map((target) => target.slice(base.length));
    assert.ok(own.includes('docs/demo.gif') && own.length > 20, `${own.length} links`);
    assert.deepEqual(
      own.filter((path) => !files.includes(path)),
      [],
    );
  });

  it('keeps the links between the published pages valid', async () => {
    const pages = files.filter((path) => /^docs\/.*\.md$/.test(path));
    const broken = await Promise.all(
      pages.map(async (page) => {
        const local = linksOf(await read(page)).filter((target) => !/^[a-z]+:|^[#/]|reference\//.test(target));
        return local.map((target) => join(dirname(page), target)).filter((path) => !existsSync(join(published, path)));
      }),
    );
    assert.deepEqual(broken.flat(), []);
  });
});

describe('the tarball', () => {
  it('contains no file that only the build needs, and no source twice', async () => {
    assert.deepEqual(
      files.filter((path) => path.endsWith('.tsbuildinfo')),
      [],
    );
    assert.deepEqual(
      files.filter((path) => path.startsWith('src/')),
      [],
      'the source maps have the sources',
    );
    const maps = files.filter((path) => path.startsWith('dist/cdn/') && path.endsWith('.map'));
    for (const path of maps) assert.equal(JSON.parse(await read(path)).sourcesContent, undefined, path);
    const map = JSON.parse(await read('dist/core/format.js.map'));
    assert.match(map.sourcesContent[0], /export function formatBytes/);
  });

  it('contains the licence of every bundled package', async () => {
    const licences = await read('dist/cdn/THIRD-PARTY-LICENSES');
    const bundles = files.filter((path) => /^dist\/cdn\/[^/]+\.js$/.test(path));
    for (const path of bundles) {
      const { sources } = JSON.parse(await read(`${path}.map`));
      const names = new Set(
        sources.map((/** @type {string} */ source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1]).filter(Boolean),
      );
      for (const name of names) assert.match(licences, new RegExp(`^${name} \\d`, 'm'), `${path} has ${name} inside`);
      if (names.size > 0) assert.match((await read(path)).slice(0, 200), /THIRD-PARTY-LICENSES/, path);
    }
    assert.match(licences, /BSD 3-Clause/);
    assert.match(licences, /Permission is hereby granted, free of charge/);
  });
});

/** @param {string} text In Markdown. */
function linksOf(text) {
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target);
}
