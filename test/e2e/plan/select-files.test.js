// The rule that selects the files of a load, against the requests of the loads of each version.
import { describe } from 'node:test';
import { withRepositories } from './check-loads.js';
import { loads, repositories } from './loads.js';

describe('selectFiles', () => {
  const check = withRepositories(repositories);
  for (const version of [2, 3, 4]) {
    describe(`with Transformers.js ${version}`, () =>
      check(
        version,
        loads.filter(({ versions }) => versions?.includes(version) ?? true),
      ));
  }
});
