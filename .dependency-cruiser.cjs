/** Which layers a layer may import: only those that its arrows in docs/architecture.md lead to. */
const layers = {
  core: [],
  transfer: ['core'],
  model: ['core', 'transfer'],
  worker: ['core', 'transfer', 'model'],
  adapters: ['core', 'transfer', 'model', 'worker'],
  protocol: ['core'],
  page: ['core', 'transfer', 'model', 'worker', 'protocol'],
  elements: ['core', 'protocol'],
  define: ['elements'],
  bindings: ['core', 'page'],
};

const walls = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports-${allowed.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: `^src/(?!(${[layer, ...allowed].join('|')})/)` },
}));

// The adapters are entries of the package: each imports the files that it exposes, so that an app which
// runs the modules without a bundler loads no others.
const doors = Object.keys(layers).map((layer) => ({
  name: `${layer}-is-entered-by-its-index`,
  comment: 'Inside a layer import the file; across layers import the index, the internal entry, or the engine of the models.',
  severity: 'error',
  from: { path: '^src/.+/', pathNot: `^src/(${layer}|adapters)/` },
  to: { path: `^src/${layer}/`, pathNot: `^src/${layer}/(index|internal|engine)\\.ts$` },
}));

/** Each binding imports its own framework and no other, and what they share imports none. */
const frameworkOf = { react: 'react', vue: 'vue', svelte: 'svelte', angular: '@angular/core', lit: 'lit' };

const frameworks = [
  ...Object.entries(frameworkOf).map(([binding, name]) => ({
    name: `${binding}-imports-its-framework-only`,
    severity: 'error',
    from: { path: `^src/bindings/${binding}\\.ts$` },
    to: { path: 'node_modules/', pathNot: `node_modules/(@types/)?${name}/` },
  })),
  {
    name: 'shared-bindings-import-no-framework',
    severity: 'error',
    from: { path: '^src/bindings/', pathNot: `^src/bindings/(${Object.keys(frameworkOf).join('|')})\\.ts$` },
    to: { path: 'node_modules/' },
  },
];

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-own-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/define/' },
      to: { path: '^src/$1/(index|internal)\\.ts$' },
    },
    {
      name: 'core-needs-nothing',
      severity: 'error',
      // The hashes are loaded on demand, in files of their own.
      from: {
        path: '^src/(core|protocol|transfer|model|worker|adapters|page)/',
        pathNot: '^src/transfer/integrity/hash-(worker|noble)\\.ts$',
      },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-peer', 'npm-optional', 'core'] },
    },
    ...frameworks,
    ...walls,
    ...doors,
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'], exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
