// docs/versions.md states the versions that the tests use: those of the lock file, of the sizes, and of the projects of the
// start pages.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { creators, packages } from '../frameworks/start-project.js';

const root = join(import.meta.dirname, '../..');
const read = (name) => readFile(join(root, name), 'utf8');

/**
 * The development dependencies that check, build or format the project. They do not run the package, and no page compares it with
 * them, so its users do not need their versions.
 */
const TOOLS = [
  ...['@arethetypeswrong/cli', '@custom-elements-manifest/analyzer', '@eslint/js', '@open-wc/testing', '@rollup/plugin-node-resolve'],
  ...['@size-limit/file', '@stryker-mutator/core', '@stryker-mutator/mocha-runner', '@types/chai'],
  ...['@types/mocha', '@types/node', '@web/test-runner', '@web/test-runner-chrome', '@web/test-runner-commands', 'axe-core', 'c8', 'chai'],
  ...['dependency-cruiser', 'eslint', 'eslint-plugin-lit', 'eslint-plugin-lit-a11y', 'eslint-plugin-wc', 'fast-check', 'globals'],
  ...[
    'magic-string',
    'mocha',
    'parse5',
    'playwright-core',
    'pngjs',
    'prettier',
    'protobufjs',
    'publint',
    'puppeteer-core',
    'sharp',
    'sirv',
  ],
  ...['size-limit', 'textlint', 'textlint-rule-en-max-word-count', 'textlint-rule-prh', 'typedoc', 'typedoc-plugin-markdown'],
  ...['typescript-eslint', 'vitepress'],
  // Parts of a framework, in its version.
  ...['@angular/common', '@angular/compiler', '@angular/platform-browser'],
  // Of the sizes.
  ...['@rollup/plugin-commonjs', '@rollup/plugin-replace'],
];

/** The rows of the page's tables. @type {{ name: string, version: string }[]} */
let rows;
let readme;
let lock;
/** Names of packages → versions of `npm run sizes`. */
let sizes;
let manifest;

before(async () => {
  const texts = await Promise.all(
    ['docs/versions.md', 'README.md', 'package-lock.json', 'tools/sizes/package.json', 'package.json'].map(read),
  );
  rows = texts[0]
    .split('\n')
    .map((line) => /^\| (.+?) +\| ([\w.-]+) +\|/.exec(line))
    .flatMap((match) => (match && /^\d/.test(match[2]) ? [{ name: match[1].replaceAll('`', ''), version: match[2] }] : []));
  readme = texts[1];
  lock = JSON.parse(texts[2]).packages;
  ({ dependencies: sizes } = JSON.parse(texts[3]));
  manifest = JSON.parse(texts[4]);
});

/** The versions that the page states under a name. */
const stated = (name) => rows.filter((row) => row.name === name).map(({ version }) => version);

/** The versions of a package that the lock file installs, for the package or for a dependency of it. */
function locked(name) {
  return Object.entries(lock)
    .filter(([path, entry]) => path !== '' && (entry.name ?? path.split('node_modules/').at(-1)) === name)
    .map(([, { version }]) => version);
}

/** @returns {Promise<string[]>} The versions of a package that the tests in projects of their own name themselves. */
async function named(name) {
  const files = (await readdir(join(root, 'test/frameworks'))).filter((file) => file.endsWith('.js'));
  const source = (await Promise.all(files.map((file) => read(`test/frameworks/${file}`)))).join('\n');
  return [...source.matchAll(new RegExp(`'${name}@([\\d.]+)'`, 'g'))].map(([, version]) => version);
}

describe('the page of versions', () => {
  it('states the versions of the lock file, of the sizes or of a test for each package', async () => {
    const listed = rows.filter(({ name }) => /^[@a-z]/.test(name) && !/^(npm|npx) /.test(name));
    assert.ok(listed.length > 35, `${listed.length} packages`);
    for (const { name, version } of listed) {
      const known = [...locked(name), ...(name in sizes ? [sizes[name]] : []), ...(await named(name))];
      assert.ok(known.includes(version), `${name} ${version}, but the tests use ${known.join(', ') || 'no version'}`);
    }
  });

  it('lists every dependency that runs the package, or is compared with it', () => {
    const versionOf = (name) => lock[`node_modules/${name}`];
    const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    // What the entry itself depends on is part of the package.
    const wanted = names.filter((name) => !TOOLS.includes(name) && !['@noble/hashes', 'hash-wasm'].includes(name));
    for (const name of wanted) {
      const { name: alias, version } = versionOf(name);
      assert.ok(stated(alias ?? name).includes(version), `${alias ?? name} ${version}`);
    }
    for (const [name, version] of Object.entries(sizes)) {
      if (!TOOLS.includes(name)) assert.ok(stated(name).includes(version), `${name} ${version} of the sizes`);
    }
    for (const name of Object.keys(manifest.peerDependencies)) assert.notDeepEqual(stated(name), [], name);
  });

  it('lists the runtimes of Transformers.js', () => {
    assert.deepEqual(stated('onnxruntime-web').sort(), [...new Set(locked('onnxruntime-web'))].sort());
  });

  it('has no tool that the package does not use any more in its list of tools', () => {
    const all = { ...manifest.devDependencies, ...sizes };
    assert.deepEqual(
      TOOLS.filter((name) => !(name in all)),
      [],
    );
  });

  it('states the commands of the start pages, with the versions that the tests run', () => {
    const fromCreators = Object.entries(creators).map(([command, pinned]) => [
      command.trim().replace('@latest', ''),
      /@([\d.]+)\s*$/.exec(pinned)?.[1],
    ]);
    const fromPackages = Object.entries(packages).map(([name, version]) => [`npm install ${name}`, version]);
    const commands = rows.filter(({ name }) => /^(npm|npx) /.test(name)).map(({ name, version }) => [name, version]);
    assert.deepEqual(commands.sort(), [...fromCreators, ...fromPackages].sort());
  });

  it('states the browsers of the README', () => {
    const [, ...versions] = /Chromium (\d+), Firefox (\d+) and WebKitGTK ([\d.]+)/.exec(readme) ?? [];
    const browsers = rows.filter(({ name }) => / of Debian 12/.test(name)).map(({ version }) => version);
    assert.deepEqual(browsers, versions);
  });

  it('states the version of Node that CI runs', async () => {
    const workflow = await Promise.all(['ci.yml', 'release.yml'].map((name) => read(`.github/workflows/${name}`).catch(() => '')));
    const images = [...workflow.join('\n').matchAll(/(?:node:|node-version: )(\d+)/g)].map(([, version]) => version);
    assert.ok(images.length > 0);
    assert.deepEqual([...new Set(images)], stated('Node'));
    assert.equal(manifest.engines.node, '>=20.19');
  });
});
