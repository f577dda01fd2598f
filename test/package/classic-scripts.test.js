// A browser reads a classic script in the encoding of its page, which is not UTF-8 if neither the page nor the server names it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { escapeChunks } from '../../tools/cdn/escape.js';

const folder = new URL('../../dist/cdn/', import.meta.url);

/** The classic scripts: all other files for a CDN are modules, which are always read as UTF-8. */
const classic = (await readdir(folder)).filter((name) => /\.(iife|umd)\.js$/.test(name));

/** The escaped text of a chunk. */
const escaped = (code, fileName = 'a.iife.js') => /** @type {any} */ (escapeChunks).renderChunk(code, { fileName })?.code;

describe('the classic scripts for a CDN', () => {
  it('have ASCII characters only', async () => {
    assert.deepEqual(classic.sort(), ['model-download.full.iife.js', 'model-download.iife.js', 'worker.umd.js']);
    for (const name of classic) {
      const text = await readFile(new URL(name, folder), 'latin1');
      const [, found] = text.match(/(.{0,20}[^\0-\x7F].{0,20})/) ?? [];
      assert.equal(found, undefined, name);
    }
  });

  it('keep the texts of their languages', async () => {
    const text = await readFile(new URL('model-download.full.iife.js', folder), 'latin1');
    const { texts: german } = await import('../../dist/elements/i18n/catalogues/de.js');
    const written = [...text.matchAll(/`([^`$\\]*(?:\\u[\da-f]{4}[^`$\\]*)+)`/g)].map(([literal]) =>
      runInContext(literal, createContext()),
    );
    const words = Object.values(german).filter((value) => typeof value === 'string' && /[^\0-\x7F]/.test(value));
    assert.ok(words.length > 5, `only ${words.length} texts`);
    assert.deepEqual(
      words.filter((word) => !written.includes(word)),
      [],
    );
  });
});

describe('the escapes of classic scripts', () => {
  const value = (code) => runInContext(code, createContext());

  it('have the meaning of the characters in strings, templates and regular expressions', () => {
    for (const code of [
      `'ä…😀'`,
      '`ä${1}…😀`',
      String.raw`'\\ä \ä \n\\\ä'`,
      `/^[…–😀]$/u.test('😀')`,
      `/…\\…/.test('……')`,
      `({ ä: 1 }).ä`,
    ]) {
      const short = escaped(code);
      assert.match(short, /^[\0-\x7F]*$/, code);
      assert.deepEqual(value(short), value(code), code);
    }
  });

  it('leave modules as they are, and refuse what returns them as written', () => {
    assert.equal(escaped(`'ä'`, 'texts-de.js'), undefined);
    assert.throws(() => escaped('String.raw`ä`'), /String\.raw/);
  });
});
