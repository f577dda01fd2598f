// The reference of the types, read from the declarations that the package ships.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';

const root = join(import.meta.dirname, '../..');

/** Kinds that need their own description; a signature has that of its function, a type literal that of its parent. */
const documented = ['Enum', 'EnumMember', 'Variable', 'Function', 'Class', 'Interface', 'Property', 'Method', 'Accessor', 'TypeAlias'];

/** Import name → declarations, of every entry with names. Entries that register tags and style sheets have none, and types of tags are in another reference. */
async function entries() {
  const { exports, name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return Object.entries(exports)
    .filter(([path, { types }]) => types && !/^\.\/define\b|\*/.test(path))
    .map(([path, { types }]) => ({ name: `${name}${path.slice(1)}`, file: types.replace('./', '').replace('/typings/', '/bindings/') }));
}

/**
 * Reads every public name. A missing description or a broken link is logged as a warning.
 *
 * @param {Partial<import('typedoc').TypeDocOptions>} [options]
 */
export async function readApi(options = {}) {
  const found = await entries();
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    tsconfig: join(import.meta.dirname, 'tsconfig.json'),
    entryPoints: found.map(({ file }) => join(root, file)),
    readme: 'none',
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    disableSources: true,
    logLevel: 'Warn',
    validation: { notDocumented: true, notExported: false, invalidLink: true },
    requiredToBeDocumented: /** @type {import('typedoc').TypeDocOptions['requiredToBeDocumented']} */ (documented),
    ...options,
  });
  const project = await app.convert();
  if (!project) throw new Error('The declarations cannot be read. Is the package built?');
  // Typedoc names a module after its file; a reader imports it by another name.
  for (const module of project.getChildrenByKind(ReflectionKind.Module)) {
    const entry = found.find(({ file }) => [`dist/${module.name}.d.ts`, `dist/${module.name}/index.d.ts`].includes(file));
    if (entry) module.name = entry.name;
  }
  return { app, project };
}

/**
 * Writes a page for each entry with names.
 *
 * @param {string} folder
 */
export async function writeApiReference(folder) {
  // Most options belong to the plugin, whose declarations the check of JavaScript does not find.
  const options = {
    outputs: [{ name: 'markdown', path: folder }],
    outputFileStrategy: 'modules',
    entryFileName: 'index',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    useCodeBlocks: true,
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    typeDeclarationFormat: 'table',
  };
  const { app, project } = await readApi(options);
  await app.generateOutputs(project);
}
