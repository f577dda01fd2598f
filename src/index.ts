// All public names of these layers. Names in braces would let esbuild load each of these layers with any one of the names.
export * from './core/index.js';
export * from './protocol/index.js';
export * from './elements/index.js';
export * from './page/index.js';
