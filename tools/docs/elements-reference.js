// The reference of the tags, made from the manifest that editors read as well.

/** Column titles and cells of each list that a declaration can have. */
const lists = [
  {
    title: 'Attributes and properties',
    of: ({ members = [] }) => members.filter(({ kind, static: isStatic }) => kind === 'field' && !isStatic),
    columns: ['attribute', 'property', 'type', 'default', ''],
    row: ({ name, attribute, type, default: initial, description }) => [
      code(attribute),
      code(name),
      code(type?.text),
      code(initial),
      description,
    ],
  },
  {
    title: 'Methods',
    of: ({ members = [] }) => members.filter(({ kind }) => kind === 'method'),
    columns: ['method', ''],
    row: ({ name, parameters = [], description }) => [
      code(`${name}(${parameters.map((parameter) => parameter.name).join(', ')})`),
      description,
    ],
  },
  {
    title: 'Events',
    of: ({ events }) => events,
    columns: ['event', 'class', ''],
    row: ({ name, type, description }) => [code(name), code(type?.text), description],
  },
  { title: 'Slots', of: ({ slots }) => slots, columns: ['slot', ''], row: ({ name, description }) => [code(name), description] },
  { title: 'Parts', of: ({ cssParts }) => cssParts, columns: ['part', ''], row: ({ name, description }) => [code(name), description] },
  {
    title: 'Tokens',
    of: ({ cssProperties }) => cssProperties,
    columns: ['custom property', 'default', ''],
    row: ({ name, default: initial, description }) => [code(name), code(initial), description],
  },
  {
    title: 'States',
    of: ({ cssStates }) => cssStates,
    columns: ['state', ''],
    row: ({ name, description }) => [code(`:state(${name})`), description],
  },
];

/**
 * The page about all tags of a manifest.
 *
 * @param {import('custom-elements-manifest/schema').Package} manifest
 */
export function elementsPage(manifest) {
  const declared = manifest.modules
    .flatMap(({ declarations = [] }) => /** @type {import('custom-elements-manifest/schema').CustomElementDeclaration[]} */ (declarations))
    .filter((declaration) => 'customElement' in declaration);
  const tags = declared.sort((one, other) => order(one) - order(other));
  const intro = '# Elements\n\nThe attributes, properties, methods, events, slots, parts and tokens, from `custom-elements.json`.\n';
  return [intro, ...tags.map(section)].join('\n');
}

/**
 * The dialog comes first, because it is the first tag of a page.
 *
 * @param {any} declaration The declaration of a custom element.
 */
function order({ tagName }) {
  return ['model-download-dialog', 'model-progress-mini', 'download-recovery'].indexOf(tagName);
}

function section(declaration) {
  const { tagName, name, description } = declaration;
  const parts = lists.map((list) => [list, list.of(declaration) ?? []]).filter(([, rows]) => rows.length > 0);
  const tables = parts.map(([list, rows]) => `### ${list.title} {#${tagName}-${slug(list.title)}}\n\n${table(list, rows)}\n`);
  return [`## \`<${tagName}>\` {#${tagName}}\n`, `${text(description)}\n`, `Class \`${name}\`.\n`, ...tables].join('\n');
}

function table({ columns, row }, rows) {
  const lines = rows.map((item) => row(item).map(cell));
  // An empty column is omitted.
  const used = columns.map((_, index) => lines.some((cells) => cells[index] !== ''));
  const line = (cells) => `| ${cells.filter((_, index) => used[index]).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...lines.map(line)].join('\n');
}

function code(value) {
  return value === undefined ? '' : `\`${value}\``;
}

/** One cell; a line break or a bar would end it. */
function cell(value = '') {
  return text(value)
    .replace(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
}

/** The text of a docblock; a tag outside of code would become an element. */
function text(words = '') {
  return words.replace(/(`[^`]*`)|</g, (match, quoted) => quoted ?? (match === '<' ? '&lt;' : match));
}

function slug(title) {
  return title.toLowerCase().replaceAll(' ', '-');
}
