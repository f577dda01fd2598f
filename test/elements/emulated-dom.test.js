// The elements in jsdom and happy-dom, in which pages run their own tests: missing features change the look, and cause no error.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const page = join(import.meta.dirname, 'emulated-dom-page.js');

describe('the elements are created, shown and removed', () => {
  for (const platform of ['jsdom', 'happy-dom']) {
    // Each must exist before the import of Lit, so each has its own process.
    it(`in ${platform}`, async () => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [page, platform]);
      assert.equal(stderr, '');
      assert.deepEqual(JSON.parse(stdout), {
        shown: true,
        dialog: ['Phi-3 Advanced', 'The connection was lost', 'Check your connection', 'Retry'],
        mini: ['Phi-3 Advanced', '50%', 'Download failed'],
        closed: true,
      });
    });
  }
});
