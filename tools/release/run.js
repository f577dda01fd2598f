// `npm run release`: builds, packs, fills in the project's address, publishes, and tags the commit. Arguments after `--`
// are passed to `npm publish`; with `--dry-run` nothing is published or tagged, and the changelog can contain “Unreleased”.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, stage } from './stage.js';
import { versionOf } from './version.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'build/release');

const options = process.argv.slice(2);
const isDryRun = options.includes('--dry-run');

// Checked before the build, which is slow.
const address = addressOf(process.env.REPOSITORY_URL);
const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
const version = isDryRun ? manifest.version : versionOf(changelog, manifest.version);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
// `.npmrc` keeps the scripts of dependencies from running, and our own `prepack` with them.
const pack = ['pack', '--json', '--ignore-scripts=false', '--pack-destination', folder];
const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
const publish = ['publish', await stage(join(folder, filename), folder, address), ...options];
execFileSync('npm', publish, { cwd: folder, stdio: 'inherit' });
if (!isDryRun) execFileSync('git', ['tag', `v${version}`], { cwd: root, stdio: 'inherit' });
