// Lets each module in `dist` import the files that define what it uses. The sources import the index of another layer, which keeps
// the layers apart. esbuild, and so Angular, counts every file that such an index names as needed by the importer: pages then load
// most of a download before the first one (36 kB in place of 24). Each statement stays in its line, so that the maps stay right.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import MagicString from 'magic-string';
import { parseAst } from 'rollup/parseAst';

/**
 * @typedef {import('rollup').AstNode & Record<string, any>} Statement
 * @typedef {{ code: string, statements: readonly Statement[] }} Module
 * @typedef {{ path: string, name: string }} Definition The module that defines a name, and the name there.
 */

const dist = join(import.meta.dirname, '../dist');

/** The modules of `dist` by path, except the bundles. @type {Map<string, Module>} */
const modules = new Map();

for (const file of await readdir(dist, { recursive: true })) {
  const path = file.replaceAll('\\', '/');
  if (!path.endsWith('.js') || path.startsWith('cdn/')) continue;
  const code = await readFile(join(dist, path), 'utf8');
  modules.set(path, { code, statements: /** @type {any} */ (parseAst(code)).body });
}

await Promise.all([...modules].map(([path, module]) => write(path, module, direct(path, module))));

/**
 * @param {string} path
 * @param {Module} module
 * @param {string} code
 */
async function write(path, module, code) {
  if (code !== module.code) await writeFile(join(dist, path), code);
}

/**
 * The code of a module with an import for each defining file. An index stays as it is.
 *
 * @param {string} path
 * @param {Module} module
 */
function direct(path, { code, statements }) {
  const text = new MagicString(code);
  for (const statement of statements) {
    const index = statement.type === 'ImportDeclaration' ? resolve(path, statement.source.value) : undefined;
    if (!index || !isIndex(index) || !statement.specifiers.every(({ type }) => type === 'ImportSpecifier')) continue;
    text.update(statement.start, statement.end, imports(path, index, statement.specifiers));
  }
  return text.toString();
}

/**
 * @param {string} importer
 * @param {string} index
 * @param {readonly Statement[]} specifiers
 */
function imports(importer, index, specifiers) {
  /** @type {Map<string, string[]>} */
  const byPath = new Map();
  for (const { imported, local } of specifiers) {
    const { path, name } = definitionOf(index, imported.name);
    const specifier = name === local.name ? name : `${name} as ${local.name}`;
    byPath.set(path, [...(byPath.get(path) ?? []), specifier]);
  }
  return [...byPath].map(([path, names]) => `import { ${names.join(', ')} } from '${address(importer, path)}';`).join(' ');
}

/**
 * Follows the indexes to the module that defines a name.
 *
 * @param {string} path
 * @param {string} name
 * @returns {Definition}
 */
function definitionOf(path, name) {
  if (!isIndex(path)) return { path, name };
  for (const { type, source, specifiers } of statementsOf(path)) {
    const from = resolve(path, source.value);
    if (!from) continue;
    const specifier = specifiers?.find(({ exported }) => exported.name === name);
    if (specifier) return definitionOf(from, specifier.local.name);
    if (type === 'ExportAllDeclaration' && namesOf(from).includes(name)) return definitionOf(from, name);
  }
  throw new Error(`${path} does not export ${name}.`);
}

/** The names that an index exports, or a module that an index exports as a whole. @param {string} path @returns {string[]} */
function namesOf(path) {
  return statementsOf(path).flatMap(({ type, source, specifiers, declaration }) => {
    if (type === 'ExportAllDeclaration') return namesOf(resolve(path, source.value) ?? '');
    if (declaration) return declaration.declarations?.map(({ id }) => id.name) ?? [declaration.id.name];
    return specifiers?.map(({ exported }) => exported?.name) ?? [];
  });
}

/** Determines whether a module only exports names of others. @param {string} path */
function isIndex(path) {
  const statements = statementsOf(path);
  return statements.length > 0 && statements.every(({ type, source }) => type.startsWith('Export') && source);
}

/** @param {string} path */
function statementsOf(path) {
  return modules.get(path)?.statements ?? [];
}

/** The path in `dist` of a relative import, or `undefined` for a package. @param {string} importer @param {string} specifier */
function resolve(importer, specifier) {
  return specifier.startsWith('.') ? posix.join(dirname(importer), specifier) : undefined;
}

/** @param {string} importer @param {string} path */
function address(importer, path) {
  const relative = posix.relative(dirname(importer), path);
  return relative.startsWith('.') ? relative : `./${relative}`;
}
