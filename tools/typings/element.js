// The common code of the generators: the parts of the manifest that they read, and their TypeScript form.

/**
 * @typedef {{ name: string, description?: string }} Named
 * @typedef {Named & { type: { text: string } }} Typed
 * @typedef {Typed & { fieldName: string, default?: string }} Attribute
 * @typedef {Typed & { kind: 'field' | 'method', static?: boolean }} Member
 * @typedef {object} Element A tag, as the manifest declares it.
 * @property {string} name Of its class.
 * @property {string} tagName
 * @property {string} summary
 * @property {Attribute[]} attributes
 * @property {Member[]} members
 * @property {Typed[]} events
 * @property {Named[]} slots
 * @property {Named[]} cssParts
 * @property {(Named & { default?: string })[]} cssProperties
 * @property {Named[]} cssStates
 */

export const HEADER = '// Made from custom-elements.json by tools/typings.\n';

/** Types that belong to the DOM, not to the package. */
const native = new Set(['Event']);

/**
 * The import of every class that occurs in the types of the tags.
 *
 * @param {Element[]} elements
 */
export function importClasses(elements) {
  const events = elements.flatMap((element) => element.events.map(({ type }) => type.text));
  const names = new Set([...elements.map(({ name }) => name), ...events.filter((name) => !native.has(name))]);
  return `import type {\n${[...names]
    .sort()
    .map((name) => `  ${name},\n`)
    .join('')}} from '../index.js';\n`;
}

/**
 * The type of an attribute that is set.
 *
 * @param {Typed} attribute
 */
export function typeOf({ type }) {
  return type.text.replace(/ \| undefined$/, '');
}

/**
 * A documented, optional property of an interface.
 *
 * @param {Named} what
 * @param {string} key
 * @param {string} type
 */
export function optional({ description }, key, type) {
  return `  /** ${description} */\n  '${key}'?: ${type} | undefined;\n`;
}

/**
 * Attributes, properties and handlers of a tag, as the interface of its props.
 *
 * @param {Element} element
 * @param {string} base The type that it extends.
 */
export function propsInterface(element, base) {
  // A property whose name differs from its attribute can also be set by its own name.
  const names = element.attributes.flatMap((one) => [...new Set([one.name, one.fieldName])].map((name) => ({ one, name })));
  const attributes = names.map(({ one, name }) => optional(one, name, typeOf(one)));
  const handlers = element.events.map((one) => optional(one, `on${one.name}`, `((event: ${one.type.text}) => void)`));
  return `/** ${element.summary} */\nexport interface ${propsName(element)} extends ${base} {\n${attributes.join('')}${handlers.join('')}}\n`;
}

/** @param {Element} element */
export function propsName({ name }) {
  return name.replace(/Element$/, 'Props');
}

/**
 * Adds an entry for each tag to an interface of a framework.
 *
 * @param {string} module
 * @param {string[]} blocks The enclosing declarations, then the interface.
 * @param {Element[]} elements
 * @param {(element: Element) => string} typeOf
 */
export function augment(module, blocks, elements, typeOf) {
  const opened = [`declare module '${module}'`, ...blocks];
  const entries = elements.map((element) => `  '${element.tagName}': ${typeOf(element)};\n`).join('');
  return `${opened.map((block) => `${block} {\n`).join('')}${entries}${'}\n'.repeat(opened.length)}`;
}

/**
 * The documentation of a tag for editors, in Markdown.
 *
 * @param {Element} element
 */
export function describe({ summary, slots, events, cssStates }) {
  const sections = Object.entries({ Slots: slots, Events: events, States: cssStates });
  const lists = sections.filter(([, items]) => items.length > 0).map(([title, items]) => `**${title}**\n\n${list(items)}`);
  return [summary, ...lists].join('\n\n');
}

/** @param {Named[]} items */
function list(items) {
  return items.map(({ name, description }) => `- \`${name}\`: ${description}`).join('\n');
}

/**
 * The members that several tags have, once each; with all descriptions if these differ.
 *
 * @param {Named[]} items
 */
export function once(items) {
  /** @type {Map<string, Set<string>>} */
  const words = new Map();
  for (const { name, description = '' } of items) words.set(name, (words.get(name) ?? new Set()).add(description));
  return [...words].map(([name, descriptions]) => ({ name, description: [...descriptions].join(' ') }));
}
