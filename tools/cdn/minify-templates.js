// Shortens white space in the templates of the elements: to one space in HTML, and to the least that CSS allows. Styles are made
// by Lit's `unsafeCSS`, which is shorter than its `css`: the check of the expressions is for the source, which keeps it.
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
    for (const node of nodesIn(this.parse(code))) {
      if (node.type === 'TaggedTemplateExpression') shortenTemplate(node, text);
      if (node.type === 'ImportSpecifier' && node.imported.name === 'css') text.update(node.start, node.end, 'unsafeCSS as css');
    }
    return { code: text.toString(), map: text.generateMap({ hires: true }) };
  },
};

function shortenTemplate({ tag, quasi }, text) {
  const rule = shorten[tag.name];
  if (!rule) return;
  for (const { start, end } of quasi.quasis) if (end > start) text.update(start, end, rule(text.original.slice(start, end)));
  if (tag.name !== 'css') return;
  text.update(tag.start, quasi.start, 'css(');
  text.appendRight(quasi.end, ')');
}

/** All nodes of a syntax tree, in no order. */
function* nodesIn(node) {
  if (Array.isArray(node)) for (const child of node) yield* nodesIn(child);
  if (typeof node?.type !== 'string') return;
  yield node;
  for (const child of Object.values(node)) if (typeof child === 'object') yield* nodesIn(child);
}
