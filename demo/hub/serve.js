import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureModels } from '../models/ensure-models.js';
import { createHub } from './create-hub.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8181' },
    'cdn-port': { type: 'string', default: '8182' },
    models: { type: 'string', default: join(import.meta.dirname, '..', '..', '.models') },
  },
});

await ensureModels({ dir: values.models, log: console.log });
const hub = await createHub({ modelsDir: values.models, port: Number(values.port), cdnPort: Number(values['cdn-port']) });
console.log(`The model hub is at ${hub.url}, its large files at ${hub.cdnUrl}.`);
