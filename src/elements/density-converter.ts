/** Reflects only the known value of `density`: an attribute cannot have a symbol. */
export const densityConverter = { toAttribute: (value: unknown): unknown => (value === 'compact' ? value : null) };
