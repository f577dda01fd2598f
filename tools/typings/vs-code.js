import { describe, once, typeOf } from './element.js';

/**
 * For the setting `html.customData`: tags and attributes.
 *
 * @param {import('./element.js').Element[]} elements
 */
export function htmlData(elements) {
  const tags = elements.map((element) => ({
    name: element.tagName,
    description: { kind: 'markdown', value: describe(element) },
    attributes: element.attributes.map((attribute) => ({
      name: attribute.name,
      description: attribute.description,
      ...valuesOf(attribute),
    })),
  }));
  return { version: 1.1, tags };
}

/** @param {import('./element.js').Attribute} attribute */
function valuesOf(attribute) {
  const type = typeOf(attribute);
  // The set of values for an attribute without a value.
  if (type === 'boolean') return { valueSet: 'v' };
  const words = [...type.matchAll(/'([^']+)'/g)].map(([, name]) => ({ name }));
  return words.length > 0 ? { values: words } : {};
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
