import { expect } from 'chai';
import { storagePrefix } from '#dist/core/internal.js';

describe('storagePrefix', () => {
  it('starts with the namespace and a colon', () => {
    expect(storagePrefix('app', 'download_state')).to.equal('app:download_state_');
  });

  it('has no colon without a namespace', () => {
    expect(storagePrefix(undefined, 'download_state')).to.equal('download_state_');
    expect(storagePrefix('', 'download_state')).to.equal('download_state_');
  });
});
