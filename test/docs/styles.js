// Checks samples of CSS: their blocks are closed, and their names are in the manifest.
import { placeOf } from './samples.js';

/**
 * @param {import('./samples.js').Sample} sample
 * @param {import('custom-elements-manifest/schema').Package} manifest
 * @returns {string[]}
 */
export function checkStyles(sample, manifest) {
  const declarations = manifest.modules.flatMap((module) => module.declarations ?? []);
  const known = {
    token: namesOf(declarations, 'cssProperties'),
    part: namesOf(declarations, 'cssParts'),
    state: namesOf(declarations, 'cssStates'),
  };
  const used = [
    ...matches(sample, /(--model-download-[\w-]+)/g, 'token'),
    ...matches(sample, /::part\(([\w-]+)\)/g, 'part'),
    ...matches(sample, /:state\(([\w-]+)\)/g, 'state'),
  ];
  const unknown = used
    .filter(({ kind, name }) => !known[kind].has(name))
    .map(({ kind, name }) => `${placeOf(sample)} there is no ${kind} ${name}`);
  const open = sample.code.split('{').length;
  return open === sample.code.split('}').length ? unknown : [...unknown, `${placeOf(sample)} a block is not closed`];
}

function namesOf(declarations, list) {
  return new Set(declarations.flatMap((declaration) => declaration[list] ?? []).map(({ name }) => name));
}

function matches({ code }, pattern, kind) {
  return [...code.matchAll(pattern)].map(([, name]) => ({ kind, name }));
}
