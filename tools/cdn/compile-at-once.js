// Writes brackets around the function of a chunk: V8 then compiles it while it reads the file. Without them V8 parses the chunk twice:
// once to find where the function ends, and again when it is called. A minifier deletes such brackets, so they are written after it.
import MagicString from 'magic-string';

/** @type {import('rollup').Plugin} */
export const compileAtOnce = {
  name: 'compile-at-once',
  renderChunk(code) {
    const { body } = this.parse(code);
    const [declaration] = body.flatMap((node) => (node.type === 'ExportDefaultDeclaration' ? [node.declaration] : []));
    // Brackets have no effect on an arrow function.
    if (declaration?.type !== 'FunctionDeclaration') return null;
    const { start, end } = /** @type {{ start: number, end: number }} */ (/** @type {unknown} */ (declaration));
    const text = new MagicString(code).appendLeft(start, '(').appendRight(end, ')');
    return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) };
  },
};
