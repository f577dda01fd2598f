// Shortens white space in the templates of the elements: to one space in HTML, and to the least that CSS allows.
import MagicString from 'magic-string';

/** How the text between the expressions of a template is shortened, by the tag of the template. */
const shorten = {
  // White space separates words: without it they would join.
  html: (text) => text.replace(/\s+/g, ' '),
  svg: (text) => text.replace(/\s+/g, ' '),
  css: (text) =>
    text
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      // Spaces before a colon and around other combinators have a meaning in selectors.
      .replace(/ ?([{};,>]) ?/g, '$1')
      .replace(/: /g, ':')
      .replace(/;}/g, '}'),
};

/** @type {import('rollup').Plugin} */
export const minifyTemplates = {
  name: 'minify-templates',
  transform(code) {
    // The compiler writes a space after a tag.
    if (!/\b(html|css|svg) ?`/.test(code)) return null;
    const text = new MagicString(code);
    for (const quasi of quasisIn(this.parse(code))) {
      const { start, end } = quasi.element;
      const raw = code.slice(start, end);
      const short = quasi.shorten(raw);
      if (short !== raw) text.update(start, end, short);
    }
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
};

/** Finds the texts of the templates in a syntax tree, in no order. */
function* quasisIn(node) {
  if (Array.isArray(node)) for (const child of node) yield* quasisIn(child);
  if (typeof node?.type !== 'string') return;
  const rule = node.type === 'TaggedTemplateExpression' ? shorten[node.tag.name] : undefined;
  if (rule) for (const element of node.quasi.quasis) if (element.end > element.start) yield { element, shorten: rule };
  for (const child of Object.values(node)) if (typeof child === 'object') yield* quasisIn(child);
}
