// The chunks for a CDN, which the module and the classic script share.
//
// A module cannot import from a classic script, so a chunk imports nothing: it exports a function that receives the entry,
// and loads the other chunks that it needs by `load`. Both entries bind it to their own address.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import MagicString from 'magic-string';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** The names in the entry: its address, and the function that loads a chunk. */
const BASE = '__chunkBase';
const LOAD = '__loadChunk';

/**
 * Loads each chunk once, and at the same time the chunks that it needs. After a failure the next call loads it by another
 * address: Firefox does not repeat a failed import.
 */
const loader = (/** @type {string} */ base) => `
const ${BASE} = ${base};
const chunks = {};
let failures = 0;
const ${LOAD} = (name, ...needed) => {
  // The chunk itself reports their failures.
  for (const other of needed) ${LOAD}(other).catch(() => undefined);
  return (chunks[name] ??= import(new URL(failures ? name + '?' + failures : name, ${BASE}))
  .then((chunk) => chunk.default(main, ${LOAD}))
  .catch((cause) => {
    failures += 1;
    delete chunks[name];
    throw cause;
  }));
};
`;

/**
 * The script's own address. If a CDN serves it under the short address of the package, without a file name, it is the
 * folder of the files.
 */
const classicBase = `(() => {
  const address = typeof document === 'undefined' ? location.href : document.currentScript?.src || document.baseURI;
  return /\\/model-download(@[^/]+)?\\/?$/.test(address) ? address.replace(/\\/?$/, '/dist/cdn/') : address;
})()`;

/**
 * @param {{ classic?: string, isPlain: (id: string) => boolean }} options `classic`: the name of the entry as a classic
 * script; `isPlain`: whether a module on demand is a chunk that imports nothing, and can be imported as it is.
 * @returns {import('rollup').Plugin}
 */
export const sharedChunks = ({ classic, isPlain }) => ({
  name: 'shared-chunks',
  renderDynamicImport({ targetModuleId, getTargetChunkImports, chunk }) {
    // The hash is a file beside the chunk that imports it.
    if (!targetModuleId || this.getModuleInfo(targetModuleId)?.isExternal !== false) return null;
    // A chunk is a module beside the others.
    if (isPlain(targetModuleId) && !chunk.isEntry) return null;
    if (isPlain(targetModuleId)) return { left: 'import(new URL(', right: `, ${BASE}).href)` };
    const needed = (getTargetChunkImports() ?? []).filter((link) => link.type === 'internal' && !link.chunk.isEntry);
    return { left: `${LOAD}(`, right: `${needed.map(({ fileName }) => `, './${fileName}'`).join('')})` };
  },
  renderChunk(code, chunk, _options, { chunks }) {
    const { imports, exports } = readLinks(this.parse(code));
    const text = new MagicString(code);
    for (const { start, end } of [...imports, ...exports]) text.remove(start, end);
    const names = exports.flatMap(({ names: own }) => own);
    const shared = importedFromEntry(chunks);
    if (chunk.isEntry) wrapEntry(text, { names, shared, classic });
    else if (!isPlain(chunk.facadeModuleId ?? '')) wrapChunk(text, { names, imports, shared });
    else return null;
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
  generateBundle(_, bundle) {
    throwIfCircular(bundle);
    // The build of the module writes the chunks.
    if (classic)
      for (const [name, file] of Object.entries(bundle))
        if (!('isEntry' in file && file.isEntry) && !name.startsWith(`${classic}.`)) delete bundle[name];
  },
});

/**
 * Throws if chunks import each other: each would wait for the other. They may import the entry, whose names they receive.
 *
 * @param {import('rollup').OutputBundle} bundle
 */
function throwIfCircular(bundle) {
  const importsOf = (/** @type {string} */ name) => {
    const file = bundle[name];
    return file && 'imports' in file && !file.isEntry ? file.imports : [];
  };
  const visit = (/** @type {string} */ name, /** @type {readonly string[]} */ path) => {
    if (path.includes(name)) throw new Error(`These chunks would never load: ${[...path, name].join(' imports ')}`);
    for (const next of importsOf(name)) visit(next, [...path, name]);
  };
  for (const name of Object.keys(bundle)) visit(name, []);
}

/** @typedef {{ local: string, exported: string }} Name */

/**
 * The names that the chunks import from the entry. Their order is that of the values in the list that each chunk receives: a
 * list without names is shorter.
 *
 * @param {Record<string, import('rollup').RenderedChunk>} chunks
 */
function importedFromEntry(chunks) {
  const all = Object.values(chunks);
  const entry = all.find(({ isEntry }) => isEntry)?.fileName ?? '';
  return [...new Set(all.flatMap(({ importedBindings }) => importedBindings[entry] ?? []))].sort();
}

/**
 * A number from 0 to 999 for the release and the names that the chunks receive. A cache can have the entry of one release and the chunks
 * of another one, which would receive other values.
 *
 * @param {readonly string[]} shared
 */
function buildOf(shared) {
  return (
    createHash('sha256')
      .update([version, ...shared].join())
      .digest()
      .readUInt32BE() % 1_000
  );
}

/**
 * @param {MagicString} text
 * @param {{ names: readonly Name[], shared: readonly string[], classic: string | undefined }} options
 */
function wrapEntry(text, { names, shared, classic }) {
  // Rollup gives what only the chunks import one or two letters.
  const isPublic = ({ exported }) => exported.length > 2;
  const localOf = new Map(names.map(({ exported, local }) => [exported, local]));
  const main = `\nconst main = [${[...shared.map((name) => localOf.get(name)), buildOf(shared)].join(',')}];\n`;
  if (classic) {
    text.prepend(`var ModelDownload = (function () {'use strict';${loader(classicBase)}`);
    text.append(`${main}return {${names.filter(isPublic).map(property).join(',')}};\n})();\n`);
  } else {
    text.prepend(loader('import.meta.url'));
    const list = names.filter(isPublic).map(({ local, exported }) => `${local} as ${exported}`);
    text.append(`${main}export {${list.join(',')}};\n`);
  }
}

/**
 * @param {MagicString} text
 * @param {{ names: readonly Name[], imports: readonly Import[], shared: readonly string[] }} options
 */
function wrapChunk(text, { names, imports, shared }) {
  const lines = imports.map(({ source, bindings }) => {
    const isEntry = source.includes('model-download');
    const from = isEntry ? 'main' : `await ${LOAD}('${source}')`;
    const keyOf = (/** @type {string} */ name) => (isEntry ? String(shared.indexOf(name)) : name);
    return bindings.length === 0 ? `${from};` : `const ${patternOf(bindings, keyOf)} = ${from};`;
  });
  const check = `if (main[${shared.length}] !== ${buildOf(shared)}) throw new Error('The chunk is of another release');`;
  text.prepend(`export default async function (main, ${LOAD}) {\n${check}\n${lines.join('\n')}\n`);
  text.append(`\nreturn {${names.map(property).join(',')}};\n}\n`);
}

/** @param {Name} name */
const property = ({ local, exported }) => (local === exported ? local : `${exported}:${local}`);

/** @typedef {{ start: number, end: number, source: string, bindings: readonly Name[] }} Import */

/** Reads the imports and exports that Rollup has written. */
function readLinks({ body }) {
  const imports = body
    .filter(({ type }) => type === 'ImportDeclaration')
    .map(({ start, end, source, specifiers }) => ({ start, end, source: source.value, bindings: bindingsOf(specifiers) }));
  const exports = body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .map(({ start, end, specifiers }) => ({
      start,
      end,
      names: specifiers.map(({ local, exported }) => ({ local: local.name, exported: exported.name })),
    }));
  return { imports, exports };
}

/** The names that an import binds. A namespace has no single names. */
function bindingsOf(specifiers) {
  const [first] = specifiers;
  if (first?.type === 'ImportNamespaceSpecifier') throw new Error('A chunk must not import a namespace');
  return specifiers.map(({ imported, local }) => ({ exported: imported.name, local: local.name }));
}

/**
 * The pattern that binds names from an object.
 *
 * @param {readonly Name[]} bindings
 * @param {(name: string) => string} keyOf
 */
const patternOf = (bindings, keyOf) => `{${bindings.map(({ exported, local }) => `${keyOf(exported)}:${local}`).join(',')}}`;
