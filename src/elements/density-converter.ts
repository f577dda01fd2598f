/** Reflects only the known value of `density`: a page can set any value, and a symbol cannot be converted to an attribute. */
export const densityConverter = { toAttribute: (value: unknown): unknown => (value === 'compact' ? value : null) };
