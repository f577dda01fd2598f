// `npm run release`: packs, fills in the project's address, and publishes. What follows `--` goes to `npm publish`.
import { execFileSync } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addressOf, stage } from './stage.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'build/release');

// Before the build: it takes a while.
const address = addressOf(process.env.REPOSITORY_URL);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
// `.npmrc` keeps the scripts of dependencies from running, and our own `prepack` with them.
const pack = ['pack', '--json', '--ignore-scripts=false', '--pack-destination', folder];
const [{ filename }] = JSON.parse(execFileSync('npm', pack, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
const publish = ['publish', await stage(join(folder, filename), folder, address), ...process.argv.slice(2)];
execFileSync('npm', publish, { cwd: folder, stdio: 'inherit' });
