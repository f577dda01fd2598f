import { describe, once } from './element.js';

/**
 * For the setting `html.customData`: tags and attributes.
 *
 * @param {import('./element.js').Element[]} elements
 */
export function htmlData(elements) {
  const tags = elements.map((element) => ({
    name: element.tagName,
    description: { kind: 'markdown', value: describe(element) },
    attributes: element.attributes.map(({ name, description, type }) => ({
      name,
      description,
      // The set of an attribute that has no value.
      ...(type.text === 'boolean' ? { valueSet: 'v' } : {}),
    })),
  }));
  return { version: 1.1, tags };
}

/**
 * For the setting `css.customData`: tokens, and parts as pseudo-elements.
 *
 * @param {import('./element.js').Element[]} elements
 */
export function cssData(elements) {
  const properties = once(elements.flatMap(({ cssProperties }) => cssProperties));
  const parts = once(elements.flatMap(({ cssParts }) => cssParts));
  return {
    version: 1.1,
    properties,
    pseudoElements: parts.map(({ name, description }) => ({ name: `::part(${name})`, description })),
  };
}
