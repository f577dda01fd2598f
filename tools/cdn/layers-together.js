// Writes the modules of a layer one after the other: similar lines that are close together compress better, which saves 0.5 kB of
// the file for workers. Rollup orders modules as the imports do, and those of `dist` name single files: ../direct-imports.js.
import MagicString from 'magic-string';
import { join } from 'node:path';

const dist = join(import.meta.dirname, '../../dist');

/** The indexes of the layers. No names of theirs are imported. */
const indexes = ['core/index', 'core/internal'];

/** @type {import('rollup').Plugin} */
export const layersTogether = {
  name: 'layers-together',
  transform(code, id) {
    if (!this.getModuleInfo(id)?.isEntry) return null;
    const imports = indexes.map((name) => `import ${JSON.stringify(join(dist, `${name}.js`))};`);
    const text = new MagicString(code).prepend(imports.join(' '));
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
};
