import assert from 'node:assert/strict';
import { describe, it } from '../../support/suite.js';
import { stub } from '../ports-support.js';

let realms = 0;

/**
 * Loads the module into a page with the given origin, on a `Worker` that records its arguments.
 *
 * @param {import('../../support/suite.js').TestContext} test
 * @param {{ origin?: string, trustedTypes?: object }} [page]
 */
async function load(test, { origin, trustedTypes } = {}) {
  const started = [];
  const module = await import(`../../../dist/transfer/integrity/create-worker.js?realm=${++realms}`);
  const own = new URL('../../../dist/transfer/integrity/', import.meta.url);
  stub(test, 'location', { value: { origin: origin ?? own.origin } });
  stub(test, 'trustedTypes', { value: trustedTypes });
  stub(test, 'Worker', {
    value: class {
      constructor(address, options) {
        started.push({ address, options });
      }
    },
  });
  return { ...module, started, file: new URL('hash-worker.js', own).href };
}

const options = { type: 'module', name: 'model-download-hash' };

/** Trusted Types that record the policies. */
function policies() {
  const created = [];
  const createPolicy = (name, rules) => {
    created.push(name);
    return { createScriptURL: (address) => `trusted ${rules.createScriptURL(address)}` };
  };
  return { created, trustedTypes: { createPolicy } };
}

describe('createTrustedWorker', () => {
  it('starts the worker beside this module', async (test) => {
    const { createTrustedWorker, started, file } = await load(test);
    createTrustedWorker();
    assert.deepEqual(started, [{ address: file, options }]);
  });

  it('starts it by a script of the page’s origin where it is on another', async (test) => {
    const { createTrustedWorker, started, file } = await load(test, { origin: 'https://app.example' });
    createTrustedWorker();
    assert.deepEqual(started[0].options, options);
    assert.match(started[0].address, /^blob:/);
    const script = await fetch(started[0].address);
    assert.equal(await script.text(), `import ${JSON.stringify(file)};`);
    assert.equal(script.headers.get('Content-Type'), 'text/javascript');
    createTrustedWorker();
    assert.equal(started[1].address, started[0].address, 'one script for all workers');
  });

  it('passes an address that Trusted Types accept, by one policy', async (test) => {
    const { created, trustedTypes } = policies();
    const { createTrustedWorker, started, file } = await load(test, { trustedTypes });
    createTrustedWorker();
    createTrustedWorker();
    assert.deepEqual(created, ['model-download']);
    assert.deepEqual(
      started.map(({ address }) => address),
      [`trusted ${file}`, `trusted ${file}`],
    );
  });
});

describe('createPlainWorker', () => {
  it('starts the worker by its address as it is', async (test) => {
    const { trustedTypes, created } = policies();
    const { createPlainWorker, started, file } = await load(test, { origin: 'https://app.example', trustedTypes });
    createPlainWorker();
    assert.equal(String(started[0].address), file);
    assert.deepEqual(started[0].options, options);
    assert.deepEqual(created, []);
  });
});
