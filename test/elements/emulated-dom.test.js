// The elements in jsdom and happy-dom, in which pages run their own tests: missing features change the look, and cause no error.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const page = join(import.meta.dirname, 'emulated-dom-page.js');
const app = join(import.meta.dirname, 'emulated-app-page.js');

const SHOWN = {
  'dialog before the start': 'Phi-3 Advanced',
  'storage before the start': 'No models are stored',
  row: '50%',
  'row of all downloads': '50%',
  dialog: '50%',
  storage: 'Phi-3 Advanced',
  'recovery in the dialog': 'Check your connection',
  recovery: 'The connection was lost',
  'row after it has moved': 'Download failed',
  'dialog after the buttons': '50%',
  'dialog after cancelling': 'Cancelled',
};

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

describe('an app with every tag and a connected manager works, also while the tags move', () => {
  for (const platform of ['jsdom', 'happy-dom']) {
    // Node's classes stay in some environments, and jsdom refuses the signals of its `AbortController`.
    for (const classes of ['own', 'whole']) {
      it(`in ${platform}, ${classes === 'own' ? 'with the AbortController of Node' : 'with all of its classes'}`, async () => {
        const { stdout, stderr } = await promisify(execFile)(process.execPath, [app, platform, classes], { timeout: 60_000 });
        assert.equal(stderr, '');
        assert.deepEqual(JSON.parse(stdout), SHOWN);
      });
    }
  }
});
