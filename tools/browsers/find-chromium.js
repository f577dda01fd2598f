import { execFileSync } from 'node:child_process';
import {
  accessSync,
  constants,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

const names = ['chromium', 'google-chrome-stable', 'google-chrome', 'chromium-browser', 'microsoft-edge'];
const macApp = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const root = join(import.meta.dirname, '../..');

/**
 * @typedef {object} Chromium
 * @property {string} executablePath
 * @property {string[]} args
 * @property {boolean | 'shell'} headless
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} source The place in which it was found.
 */

/**
 * Finds a Chromium: `$CHROME_PATH`, an installed one, or the one inside the npm package
 * `@sparticuz/chromium`, which is unpacked once and needs no system package.
 *
 * @returns {Promise<Chromium>}
 */
export async function findChromium() {
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const chosen = process.env.CHROME_PATH;
  if (chosen) return { executablePath: chosen, args, headless: true, source: '$CHROME_PATH' };
  const installed = process.env.NO_SYSTEM_CHROME ? undefined : findInstalled();
  if (installed) return { executablePath: installed, args, headless: true, source: installed };
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found. Install one, or set CHROME_PATH.');
  }
  return unpackFromPackage();
}

/** @returns {string | undefined} */
function findInstalled() {
  const folders = (process.env.PATH ?? '').split(':');
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, macApp].find(isExecutable);
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<Chromium>} */
async function unpackFromPackage() {
  const packageFolder = findPackage();
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const folder = join(root, 'node_modules/.cache', `chromium-${version}`);
  if (!existsSync(join(folder, 'chromium'))) await unpack(join(packageFolder, 'bin'), folder);
  const env = { ...process.env };
  const hasLibraries = ['/usr/lib/x86_64-linux-gnu/libnss3.so', '/usr/lib64/libnss3.so'].some((file) => existsSync(file));
  if (!hasLibraries) env.LD_LIBRARY_PATH = [join(folder, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const args = ['--no-sandbox', '--no-zygote'];
  return { executablePath: join(folder, 'chromium'), args, headless: 'shell', env, source: '@sparticuz/chromium' };
}

function findPackage() {
  let folder = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'));
  while (!existsSync(join(folder, 'bin/chromium.br'))) folder = dirname(folder);
  return folder;
}

/**
 * Unpacks into a temporary folder and renames it, so that two processes never use an incomplete browser.
 *
 * @param {string} bin
 * @param {string} folder
 */
async function unpack(bin, folder) {
  const temporary = `${folder}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  const archives = ['al2023', 'swiftshader', 'fonts'];
  await Promise.all([
    decompress(join(bin, 'chromium.br'), join(temporary, 'chromium'), 0o755),
    ...archives.map((name) => decompress(join(bin, `${name}.tar.br`), join(temporary, `${name}.tar`))),
  ]);
  for (const name of archives) {
    execFileSync('tar', ['-xf', join(temporary, `${name}.tar`), '-C', temporary, '--no-same-owner']);
  }
  try {
    renameSync(temporary, folder);
  } catch {
    // Another process was first.
    rmSync(temporary, { recursive: true, force: true });
  }
}

/**
 * @param {string} source
 * @param {string} target
 * @param {number} [mode]
 */
async function decompress(source, target, mode) {
  const chunkSize = 2 << 20;
  await pipeline(createReadStream(source), createBrotliDecompress({ chunkSize }), createWriteStream(target, { mode }));
}
