// The manifest lists the public surface: the tags, with the properties, events, parts and methods that a page can use.

/** Leaves out what is private, and the nameless events that a `dispatchEvent` in a method adds. */
function publicSurface() {
  return {
    name: 'public-surface',
    packageLinkPhase({ customElementsManifest }) {
      customElementsManifest.modules = customElementsManifest.modules
        .map(keepElements)
        .filter(({ declarations }) => declarations.length > 0);
    },
  };
}

function keepElements(module) {
  const declarations = (module.declarations ?? []).filter(({ customElement }) => customElement).map(keepPublic);
  const path = toDist(module.path);
  const classes = declarations.map(({ name }) => ({ kind: 'js', name, declaration: { name, module: path } }));
  // Registration is a call that the analyzer does not follow.
  const tags = declarations.map(({ name, tagName }) => ({
    kind: 'custom-element-definition',
    name: tagName,
    declaration: { name, module: path },
  }));
  return { ...module, path, declarations, exports: [...classes, ...tags] };
}

function keepPublic(declaration) {
  const isPublic = ({ name, privacy }) => !name.startsWith('#') && privacy !== 'private' && privacy !== 'protected';
  const lifecycle = new Set([
    'render',
    'willUpdate',
    'updated',
    'firstUpdated',
    'connectedCallback',
    'disconnectedCallback',
    'adoptedCallback',
    'styles',
  ]);
  return {
    ...declaration,
    members: (declaration.members ?? []).filter((member) => isPublic(member) && !lifecycle.has(member.name)),
    events: (declaration.events ?? []).filter(({ name }) => name),
  };
}

function toDist(path) {
  return path.replace(/^src\//, 'dist/').replace(/\.ts$/, '.js');
}

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  plugins: [publicSurface()],
};
