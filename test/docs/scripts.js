// Type-checks samples against the declarations of the package, as files in one folder per page.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { placeOf } from './samples.js';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'build/samples');
const preludes = join(import.meta.dirname, 'preludes');

/** @typedef {import('./samples.js').Sample & { offset?: number }} Script Lines of the sample before the script, where it is a part of one. */

/** @type {import('typescript').CompilerOptions} */
const options = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: ['dom-chromium-ai', 'svelte'],
  jsx: ts.JsxEmit.ReactJSX,
  strict: true,
  experimentalDecorators: true,
  skipLibCheck: true,
  noEmit: true,
  paths: {
    '@huggingface/transformers': [join(root, 'node_modules/transformers-v4')],
    'https://cdn.jsdelivr.net/npm/@huggingface/transformers@4': [join(root, 'node_modules/transformers-v4')],
    'https://cdn.jsdelivr.net/npm/model-download': [join(root, 'dist/cdn.d.ts')],
    'https://cdn.jsdelivr.net/npm/model-download/dist/cdn/core.js': [join(root, 'dist/core/index.d.ts')],
    'https://cdn.jsdelivr.net/npm/model-download/dist/cdn/worker.js': [join(root, 'dist/adapters/worker.d.ts')],
  },
};

/**
 * Diagnostics for TypeScript only: that something may be null, that a parameter, a variable or a binding has no
 * type, and that a result is of any. A sample in JavaScript has no types.
 */
const untold = new Set([2531, 2532, 18047, 18048, 18049, 7005, 7006, 7031, 7034, 2571, 18046]);

/**
 * Complaints about scripts, each with its place in the page.
 *
 * @param {readonly Script[]} scripts
 * @returns {Promise<string[]>}
 */
export async function checkScripts(scripts) {
  await rm(folder, { recursive: true, force: true });
  /** @type {Map<string, Script>} */
  const files = new Map();
  for (const script of scripts) files.set(await writeScript(script), script);
  const program = ts.createProgram([...files.keys(), join(preludes, 'platform.d.ts')], options);
  return [...files].flatMap(([file, script]) => complaints(program, file, script));
}

/** @returns {string[]} */
function complaints(program, file, script) {
  const source = program.getSourceFile(file);
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  const isTyped = /^(ts|tsx)$/.test(script.language);
  return found
    .filter(({ code }) => isTyped || !untold.has(code))
    .map(({ messageText, start = 0 }) => {
      const { line } = source.getLineAndCharacterOfPosition(start);
      return `${placeOf(script, line + (script.offset ?? 0))} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
}

/** Writes a script beside the page's other scripts, followed by the page's prelude. */
async function writeScript(script) {
  const { page, line, file, language, code } = script;
  const extension = language === 'tsx' ? 'tsx' : 'ts';
  const name = file ? file.replace(/^.*\//, '').replace(/\.\w+$/, '') : `line-${line}`;
  const path = join(folder, page.replace(/\.md$/, ''), `${name}.${extension}`);
  // Two parts of a page may show one file in two versions.
  const free = existsSync(path) ? path.replace(/(\.\w+)$/, `-line-${line}$1`) : path;
  await mkdir(dirname(free), { recursive: true });
  await writeFile(free, `${code}\n${await preludeFor(page, code)}`);
  return free;
}

/** The declarations of a page's prelude that a script does not have itself. */
async function preludeFor(page, code) {
  const path = join(
    preludes,
    `${page
      .replace(/^docs\//, '')
      .replace(/\.md$/, '')
      .replaceAll('/', '-')}.d.ts`,
  );
  if (!existsSync(path)) return '';
  const own = new Set(namesIn(code));
  const text = await readFile(path, 'utf8');
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  return source.statements
    .filter((statement) => !namesOf(statement).some((name) => own.has(name)))
    .map((statement) => statement.getText(source))
    .join('\n');
}

/** Every name that a script declares or imports at its top. */
function namesIn(code) {
  return ts.createSourceFile('script.tsx', code, ts.ScriptTarget.ES2022).statements.flatMap(namesOf);
}

/** @param {import('typescript').Statement} statement */
function namesOf(statement) {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.flatMap(({ name }) => bound(name));
  if (ts.isImportDeclaration(statement)) {
    const { name, namedBindings } = statement.importClause ?? {};
    const elements = namedBindings && ts.isNamedImports(namedBindings) ? namedBindings.elements.map((element) => element.name.text) : [];
    return [...(name ? [name.text] : []), ...elements];
  }
  return 'name' in statement && statement.name ? [/** @type {import('typescript').Identifier} */ (statement.name).text] : [];
}

/** @param {import('typescript').BindingName} name */
function bound(name) {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : bound(element.name)));
}

/** The values of a prelude that no script uses any more. */
export async function staleNames(page, scripts) {
  const path = join(preludes, page);
  const source = ts.createSourceFile(path, await readFile(path, 'utf8'), ts.ScriptTarget.ES2022);
  const all = scripts.map(({ code }) => code).join('\n');
  const values = source.statements.filter((statement) => ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement));
  const stale = values.flatMap(namesOf).filter((name) => !new RegExp(`\\b${name}\\b`).test(all));
  return stale.map((name) => `${relative(root, path)}: ${name}`);
}
