// Writes the characters outside ASCII of a classic script as escapes: a browser reads such a script in the encoding of its page, which
// is not UTF-8 if neither the page nor the server names it. A module is always read as UTF-8.
import MagicString from 'magic-string';

/** The names of the classic scripts: the chunks that they load are modules. */
const classic = /\.(iife|umd)\.js$/;

/** A character outside ASCII, with the backslash before it; or a backslash with the ASCII character that it escapes. */
const characters = /\\[\s\S]|[^\0-\x7F]/g;

/** @type {import('rollup').Plugin} */
export const escapeChunks = {
  name: 'escape-chunks',
  renderChunk(code, { fileName }) {
    if (!classic.test(fileName) || !/[^\0-\x7F]/.test(code)) return null;
    // It would return the escapes as they are written.
    if (/\bString\.raw\b/.test(code)) throw new Error(`${fileName}: String.raw cannot be escaped`);
    const text = new MagicString(code);
    for (const { 0: found, index } of code.matchAll(characters)) {
      const unit = found.at(-1) ?? '';
      if (unit > '\x7F') text.update(index, index + found.length, escapeOf(unit));
    }
    return { code: text.toString(), map: text.generateMap({ hires: 'boundary' }) };
  },
};

/** The escape of a UTF-16 code unit, which strings, templates and regular expressions read as the unit itself. */
function escapeOf(unit) {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
