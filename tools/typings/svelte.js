import { augment, HEADER, importClasses, propsInterface, propsName } from './element.js';

/**
 * The tags in the markup of Svelte 5, which listens to the event whose name follows `on`.
 *
 * @param {import('./element.js').Element[]} elements
 */
export function svelteTypes(elements) {
  return [
    `${HEADER}import type { HTMLAttributes } from 'svelte/elements';\n${importClasses(elements)}`,
    ...elements.map((element) => propsInterface(element, `HTMLAttributes<${element.name}>`)),
    augment('svelte/elements', ['interface SvelteHTMLElements'], elements, propsName),
  ].join('\n');
}
