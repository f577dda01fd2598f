import { expect } from 'chai';
import { withVariant } from '#dist/model/index.js';

const phi = {
  name: 'Phi',
  task: 'text-generation',
  model: 'own/phi',
  options: { device: 'webgpu', dtype: 'q4' },
  files: [{ file: 'a', size: 1 }],
} as const;

describe('a definition with a variant', () => {
  it('is the same definition without variants', () => {
    expect(withVariant(phi)).to.equal(phi);
    expect(withVariant(phi, 'q4')).to.equal(phi);
    const empty = { ...phi, variants: {} };
    expect(withVariant(empty)).to.equal(empty);
  });

  it('has the name of the model, merged options, and the files of the variant only', () => {
    const variants = {
      fp16: { name: 'Exact', options: { dtype: 'fp16' } },
      mini: { model: 'own/mini', files: [{ file: 'b', size: 2 }] },
    } as const;
    expect(withVariant({ ...phi, variants })).to.deep.equal({
      ...phi,
      variants,
      variant: 'fp16',
      options: { device: 'webgpu', dtype: 'fp16' },
      files: undefined,
    });
    expect(withVariant({ ...phi, variants }, 'mini')).to.deep.equal({
      ...phi,
      variants,
      variant: 'mini',
      model: 'own/mini',
      files: variants.mini.files,
    });
  });

  it('has the chosen variant, that of the definition, or the first', () => {
    const definition = { ...phi, variants: { a: {}, b: {}, c: {} }, variant: 'b' };
    expect(withVariant(definition).variant).to.equal('b');
    expect(withVariant(definition, 'c').variant).to.equal('c');
    expect(withVariant(definition, 'toString').variant).to.equal('b');
    expect(withVariant({ ...definition, variant: 'x' }).variant).to.equal('a');
  });
});
