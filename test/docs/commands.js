// Checks samples for a shell: their commands exist.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from './samples.js';

const root = join(import.meta.dirname, '../..');

/**
 * @param {import('./samples.js').Sample} sample
 * @param {{ name: string, scripts: Record<string, string>, devDependencies: Record<string, string>, peerDependencies: Record<string, string> }} manifest Of the package.
 * @returns {string[]}
 */
export function checkCommands(sample, manifest) {
  return sample.code.split('\n').flatMap((line, index) =>
    line
      .replace(/\s#.*$/, '')
      .split('&&')
      .map((command) => command.trim().replace(/^(?:[A-Z_]+=\S+\s+)+/, ''))
      .filter((command) => command !== '' && !isKnown(command, manifest))
      .map((command) => `${placeOf(sample, index)} nothing answers “${command}”`),
  );
}

function isKnown(command, { name, scripts, devDependencies, peerDependencies }) {
  const [program, verb, ...rest] = command.split(/\s+/);
  if (program === 'node' || program === 'bash') return existsSync(join(root, verb ?? ''));
  if (program !== 'npm') return false;
  if (verb === 'ci') return true;
  if (verb === 'start' || verb === 'test') return verb in scripts;
  if (verb === 'run') return (rest.find((word) => !word.startsWith('-')) ?? '') in scripts;
  const packages = rest.filter((word) => !word.startsWith('-'));
  return (
    verb === 'install' && packages.length > 0 && packages.every((one) => one === name || one in devDependencies || one in peerDependencies)
  );
}
