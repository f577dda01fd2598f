import { minify } from 'rolldown/utils';

/**
 * Shortens a chunk with the minifier of Oxc, which gives each class its own short names for private members.
 *
 * @param {boolean} module Whether the output is a module, whose top-level names may be shortened too.
 * @returns {import('rollup').Plugin}
 */
export const minifyChunks = (module) => ({
  name: 'minify-chunks',
  async renderChunk(code, { fileName }) {
    const [banner = ''] = /\/\*![^*]*\*\//.exec(code) ?? [];
    const options = { module, compress: { target: 'es2022' }, mangle: { toplevel: module }, sourcemap: true };
    const { code: short, map, errors } = await minify(fileName, code, options);
    if (errors.length > 0) throw new Error(`${fileName}: ${errors.map(({ message }) => message).join('; ')}`);
    // A line before the first one moves every mapping down by a line.
    return { code: banner ? `${banner}\n${short}` : short, map: banner ? { ...map, mappings: `;${map?.mappings}` } : map };
  },
});
