import './define/index.js';

export * from './index.js';
export { defineModels, loadModelWithProgress } from './adapters/transformers.js';
export { defineModelStorage } from './cdn.js';
