import { describe, typeOf } from './element.js';

/**
 * Data for the IDEs of JetBrains, which find it by the field `web-types` of package.json.
 *
 * @param {import('./element.js').Element[]} elements
 * @param {{ name: string, version: string }} library
 */
export function webTypes(elements, library) {
  return { ...library, 'description-markup': 'markdown', contributions: { html: { elements: elements.map(webType) } } };
}

/** @param {import('./element.js').Element} element */
function webType(element) {
  return {
    name: element.tagName,
    description: describe(element),
    attributes: element.attributes.map((attribute) => ({
      name: attribute.name,
      description: attribute.description,
      value: valueOf(attribute),
    })),
    slots: element.slots,
    js: {
      properties: element.members.filter(({ kind, static: ofClass }) => kind === 'field' && !ofClass).map(typed),
      events: element.events.map(typed),
    },
    css: { properties: element.cssProperties, parts: element.cssParts },
  };
}

/** @param {import('./element.js').Attribute} attribute */
function valueOf(attribute) {
  const type = typeOf(attribute);
  return type === 'boolean' ? { kind: 'no-value' } : { type, default: attribute.default };
}

/** @param {import('./element.js').Typed} member */
function typed({ name, description, type }) {
  return { name, description, type: type.text };
}
