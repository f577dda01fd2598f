import { augment, HEADER, importClasses, propsInterface, propsName } from './element.js';

/**
 * The tags in JSX, for React 19: it sets properties of the element as properties, the rest as attributes, and
 * listens to the event whose name follows `on`.
 *
 * @param {import('./element.js').Element[]} elements
 */
export function reactTypes(elements) {
  const interfaces = elements.map((element) => propsInterface(element, `Props<${element.name}>`));
  return [
    `${HEADER}import type { DetailedHTMLProps, HTMLAttributes } from 'react';\n${importClasses(elements)}`,
    'type Props<Element extends HTMLElement> = DetailedHTMLProps<HTMLAttributes<Element>, Element>;\n',
    ...interfaces,
    augment('react', ['namespace JSX', 'interface IntrinsicElements'], elements, propsName),
  ].join('\n');
}
