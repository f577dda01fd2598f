// Compiles the TypeScript tests into build/test, and removes the output of test files that no longer exist: it would run, too.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const compiled = join(root, 'build/test');

const { status } = spawnSync('npx', ['tsc', '-p', 'test'], { cwd: root, stdio: 'inherit' });
if (existsSync(compiled)) await removeStale();
process.exitCode = status ?? 1;

async function removeStale() {
  for (const entry of await readdir(compiled, { recursive: true })) {
    const source = join(root, 'test', entry.replace(/\.js(\.map)?$/, '.ts'));
    if (/\.js(\.map)?$/.test(entry) && !existsSync(source)) await rm(join(compiled, entry));
  }
}
