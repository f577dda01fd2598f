// Unpacks the tarball into the folder that is published, and fills in the project's address and the README's links.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The address of the project, from the variable of the release.
 *
 * @param {string | undefined} variable The value of `REPOSITORY_URL`.
 * @throws Error if it is missing, or not the https address of a repository.
 */
export function addressOf(variable) {
  const address = variable?.trim().replace(/(\.git)?\/?$/, '') ?? '';
  if (!/^https:\/\/[^/\s]+\/\S+$/.test(address)) {
    throw new Error(
      `REPOSITORY_URL must be the https address of the project's repository, as https://host/owner/name; it is “${variable ?? ''}”`,
    );
  }
  return address;
}

/**
 * @param {string} tarball The file that `npm pack` has written.
 * @param {string} into An existing folder.
 * @param {string} address The address that `addressOf()` returns.
 * @returns {Promise<string>} The folder that can be published.
 */
export async function stage(tarball, into, address) {
  execFileSync('tar', ['-xf', tarball, '-C', into]);
  // The folder in an npm archive is called so.
  const folder = join(into, 'package');
  const change = async (/** @type {string} */ name, /** @type {(text: string) => string} */ edit) =>
    writeFile(join(folder, name), edit(await readFile(join(folder, name), 'utf8')));
  const { name, version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  await change('package.json', (text) => JSON.stringify(published(JSON.parse(text), address), undefined, 2));
  await change('README.md', (text) => withAddresses(text, `https://cdn.jsdelivr.net/npm/${name}@${version}/`));
  return folder;
}

/**
 * The manifest as it is published: with addresses, and without the fields that only this repository needs.
 *
 * @param {Record<string, unknown>} manifest
 * @param {string} address
 */
function published(manifest, address) {
  const { private: _, scripts, devDependencies, overrides, 'size-limit': sizes, ...rest } = manifest;
  return {
    ...rest,
    repository: { type: 'git', url: `git+${address}.git` },
    homepage: `${address}#readme`,
    bugs: { url: `${address}/issues` },
  };
}

/**
 * Points the relative links of a text to the package on a CDN, because npm shows a README without its files.
 *
 * @param {string} text
 * @param {string} base
 */
export function withAddresses(text, base) {
  return text.replace(/\]\((?!\w+:|#)([^)]+)\)/g, (_, path) => `](${new URL(path, base).href})`);
}
