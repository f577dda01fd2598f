import { augment, HEADER, importClasses } from './element.js';

/** The attributes and events of a template; a template ref returns the element itself. */
const TAG = `type Emits<Events> = EmitFn<{ [Name in keyof Events]: (event: Events[Name]) => void }>;

type Tag<Element, Properties extends keyof Element, Events> = new () => Element & {
  /** For the check of templates only: no element has it. */
  $props: HTMLAttributes & Partial<Pick<Element, Properties>> & PublicProps;
  /** For the check of templates only: no element has it. */
  $emit: Emits<Events>;
};
`;

/**
 * The tags in the templates of Vue 3, which checks an attribute as its property.
 *
 * @param {import('./element.js').Element[]} elements
 */
export function vueTypes(elements) {
  return [
    `${HEADER}import type { EmitFn, HTMLAttributes, PublicProps } from 'vue';\n${importClasses(elements)}`,
    TAG,
    ...elements.map(eventsInterface),
    augment('vue', ['interface GlobalComponents'], elements, tagType),
  ].join('\n');
}

/** @param {import('./element.js').Element} element */
function eventsInterface(element) {
  const events = element.events.map(({ name, type, description }) => `  /** ${description} */\n  '${name}': ${type.text};\n`);
  return `/** The events of \`${element.tagName}\`, by name. */\nexport interface ${eventsName(element)} {\n${events.join('')}}\n`;
}

/** @param {import('./element.js').Element} element */
function tagType(element) {
  const properties = element.attributes.map(({ fieldName }) => `'${fieldName}'`).join(' | ');
  return `Tag<${element.name}, ${properties}, ${eventsName(element)}>`;
}

/** @param {import('./element.js').Element} element */
function eventsName({ name }) {
  return name.replace(/Element$/, 'Events');
}
