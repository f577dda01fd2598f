import { expect } from 'chai';
import { overrideProperties } from '#dist/model/transformers/override-properties.js';

type Settings = Record<string, unknown>;

const VALUES = { cache: 'ours', uses: true };

describe('overrideProperties()', () => {
  it('gives properties other values until it ends, and then what they were', () => {
    const settings: Settings = { uses: false, other: 1 };
    const override = overrideProperties(settings, VALUES);
    expect({ ...settings }).to.deep.equal({ ...VALUES, other: 1 });
    expect(override?.isInEffect).to.equal(true);
    override?.end();
    override?.end();
    expect(Object.getOwnPropertyDescriptors(settings)).to.deep.equal(Object.getOwnPropertyDescriptors({ uses: false, other: 1 }));
    expect(override?.isInEffect).to.equal(false);
  });

  it('ends as soon as one of them is assigned, also to the value that it has', () => {
    for (const assigned of [null, 'ours']) {
      const settings: Settings = { cache: undefined, uses: false };
      const override = overrideProperties(settings, VALUES);
      settings.cache = assigned;
      expect(settings).to.deep.equal({ cache: assigned, uses: false });
      expect(override?.isInEffect).to.equal(false);
      settings.uses = 1;
      override?.end();
      expect(settings).to.deep.equal({ cache: assigned, uses: 1 });
    }
  });

  it('ends as soon as one of them is defined or deleted, and leaves that one as it is', () => {
    const changes: readonly ((settings: Settings) => unknown)[] = [
      (settings) => Object.defineProperty(settings, 'cache', { value: null, configurable: true, writable: true, enumerable: true }),
      (settings) => delete settings.cache,
    ];
    for (const change of changes) {
      const settings: Settings = { cache: undefined, uses: false };
      const override = overrideProperties(settings, VALUES);
      change(settings);
      const after = Object.getOwnPropertyDescriptor(settings, 'cache');
      expect(settings.uses, 'the others have their own values').to.equal(false);
      expect(override?.isInEffect).to.equal(false);
      override?.end();
      expect(Object.getOwnPropertyDescriptor(settings, 'cache')).to.deep.equal(after);
    }
  });

  it('passes an assignment on to a setter of the page', () => {
    const assigned: unknown[] = [];
    const settings = {
      get cache() {
        return 'own';
      },
      set cache(value) {
        assigned.push(value);
      },
    };
    overrideProperties(settings, { cache: 'ours' });
    expect(settings.cache).to.equal('ours');
    settings.cache = 'new';
    expect(settings.cache).to.equal('own');
    expect(assigned).to.deep.equal(['new']);
  });

  for (const { what, settings } of [
    { what: 'are frozen', settings: Object.freeze({ cache: 1, uses: 2 }) },
    { what: 'are sealed', settings: Object.seal({ cache: 1, uses: 2 }) },
    { what: 'cannot be extended by one that is missing', settings: Object.preventExtensions({ cache: 1 }) },
    { what: 'contain one that is read-only', settings: Object.defineProperty({ cache: 1, uses: 2 }, 'uses', { writable: false }) },
    { what: 'ignore definitions', settings: new Proxy({ cache: 1, uses: 2 }, { defineProperty: () => true }) },
    {
      what: 'throw at definitions',
      settings: new Proxy(
        { cache: 1, uses: 2 },
        {
          defineProperty: () => {
            throw new Error('read-only');
          },
        },
      ),
    },
  ]) {
    it(`changes nothing if the properties ${what}`, () => {
      const before = Object.getOwnPropertyDescriptors(settings);
      expect(overrideProperties(settings, VALUES)).to.equal(undefined);
      expect(Object.getOwnPropertyDescriptors(settings)).to.deep.equal(before);
    });
  }
});
