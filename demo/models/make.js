import { join } from 'node:path';
import { ensureModels } from './ensure-models.js';

const dir = process.argv[2] ?? join(import.meta.dirname, '..', '..', '.models');
const { models } = await ensureModels({ dir, log: console.log });
console.log(`${models.length} models are ready in ${dir}.`);
