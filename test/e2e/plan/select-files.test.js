// The rule that says which files a load requests, against what the loads of each version really request.
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
