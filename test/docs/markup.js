// Checks samples of HTML by the parser that browsers are specified to have, and the tags in them by the manifest.
import { parse, parseFragment } from 'parse5';
import { placeOf } from './samples.js';

/** The attributes that any element may have. */
const common = new Set(['class', 'dir', 'hidden', 'id', 'lang', 'slot', 'style']);

/**
 * @param {import('./samples.js').Sample} sample
 * @param {import('custom-elements-manifest/schema').Package} manifest
 * @returns {{ complaints: string[], scripts: import('./scripts.js').Script[] }} The scripts are to be checked as such.
 */
export function checkMarkup(sample, manifest) {
  /** @type {string[]} */
  const complaints = [];
  const complain = (line, words) => complaints.push(`${placeOf(sample, line - 1)} ${words}`);
  const read = isPage(sample) ? parse : parseFragment;
  const tree = read(sample.code, {
    sourceCodeLocationInfo: true,
    // A sample that shows a part of a page has no doctype.
    onParseError: ({ code, startLine }) => complain(startLine, code),
  });
  const scripts = [];
  for (const node of elements(tree)) {
    checkAttributes(node, manifest, complain);
    checkEnd(node, complain);
    scripts.push(...scriptsOf(node, sample));
  }
  return { complaints, scripts };
}

/** Whether a sample is a whole page that can be opened. */
export function isPage({ language, code }) {
  return language === 'html' && /^<!doctype html>/i.test(code);
}

function* elements(node) {
  if (node.tagName) yield node;
  for (const child of [...(node.childNodes ?? []), ...(node.content?.childNodes ?? [])]) yield* elements(child);
}

function checkAttributes({ tagName, attrs, sourceCodeLocation }, manifest, complain) {
  if (!tagName.includes('-')) return;
  const declaration = manifest.modules.flatMap(({ declarations = [] }) => declarations).find((known) => known.tagName === tagName);
  if (!declaration) return complain(sourceCodeLocation.startLine, `<${tagName}> is no tag of the package`);
  const known = new Set(declaration.attributes.map(({ name }) => name));
  for (const { name } of attrs) {
    if (!known.has(name) && !common.has(name)) complain(sourceCodeLocation.startLine, `<${tagName}> has no attribute ${name}`);
  }
}

/** Parsers close an open element without an error; one of our tags would then contain everything that follows. */
function checkEnd({ tagName, sourceCodeLocation }, complain) {
  if (tagName.includes('-') && sourceCodeLocation && !sourceCodeLocation.endTag) {
    complain(sourceCodeLocation.startLine, `<${tagName}> is never closed`);
  }
}

/** The scripts of an element: its content, and its `on…` attributes. */
function scriptsOf({ tagName, attrs, childNodes, sourceCodeLocation }, sample) {
  const held = tagName === 'script' ? (childNodes[0]?.value ?? '') : '';
  const codes = [held, ...attrs.filter(({ name }) => name.startsWith('on')).map(({ value }) => value)];
  const offset = (sourceCodeLocation?.startLine ?? 1) - 1;
  return codes
    .filter((code) => code.trim() !== '')
    .map((code, index) => ({ ...sample, language: 'js', file: `line-${sample.line + offset}-${index}.js`, offset, code }));
}
