// The published package: entries that import without a browser, a correct manifest, tags that render on a server.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';

const manifest = JSON.parse(await readFile(new URL('../../custom-elements.json', import.meta.url), 'utf8'));
const { exports } = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8'));

/** Every module that an app can import; the files for a CDN belong into pages. */
const entries = Object.entries(exports)
  .filter(([name, { default: file }]) => file?.endsWith('.js') && !name.includes('*'))
  .map(([name]) => name.replace('.', 'model-download'));

const elements = manifest.modules.flatMap(({ declarations }) => declarations);

describe('the package in Node', () => {
  it('imports every entry without a DOM', async () => {
    assert.ok(entries.length > 12);
    for (const entry of entries) assert.ok(await import(entry), entry);
  });

  it('prints nothing and leaves nothing running when every entry is imported', async () => {
    const imports = entries.map((entry) => `await import('${entry}');`).join('\n');
    assert.deepEqual(await runFresh(imports), { stdout: '', stderr: '' });
  });

  it('registers no tag when its classes are imported', async () => {
    const { stdout } = await runFresh(`
      let registered = 0;
      globalThis.customElements = { define: () => registered++, get: () => undefined };
      await import('model-download');
      process.stdout.write(String(registered));
    `);
    assert.equal(stdout, '0');
  });

  it('registers each tag once, however often the entries are imported', async () => {
    const { stdout } = await runFresh(`
      const names = [];
      globalThis.customElements = { define: (name) => names.push(name), get: (name) => names.includes(name) };
      await import('model-download/define');
      await import('model-download/define/model-download-dialog');
      process.stdout.write(names.sort().join());
    `);
    assert.equal(stdout, 'download-recovery,model-download-dialog,model-progress-mini');
  });

  it('connects to nothing on a server', async () => {
    const { ModelDownloads } = await import('model-download');
    const downloads = new ModelDownloads();
    for (const disconnect of [downloads.connect(), downloads.connect(globalThis.document)]) disconnect();
  });

  it('renders its tags on a server', async () => {
    await import('model-download/define');
    const page = await collectResult(
      render(html`
        <model-download-dialog model-key="phi"></model-download-dialog>
        <model-progress-mini model-key="phi"></model-progress-mini>
        <download-recovery model-key="phi"></download-recovery>
      `),
    );
    assert.equal(page.match(/<template shadowroot="open" shadowrootmode="open"/g)?.length, 3);
    // What they draw follows when there is something to show.
    assert.equal(page.match(/role="status"/g)?.length, 3);
  });
});

describe('custom-elements.json', () => {
  it('lists the four tags and nothing else', () => {
    const tags = elements.map(({ tagName }) => tagName).sort();
    assert.deepEqual(tags, ['download-recovery', 'model-download-dialog', 'model-progress-mini', 'model-storage']);
  });

  it('lists the attributes that the classes observe', async () => {
    const classes = await import('model-download');
    for (const { name, attributes } of elements) {
      const listed = attributes.map((attribute) => attribute.name).sort();
      assert.deepEqual(listed, [...classes[name].observedAttributes].sort(), name);
    }
  });

  it('lists public members only, each with a description', () => {
    for (const { name, members } of elements) {
      for (const member of members) {
        assert.doesNotMatch(member.name, /^[#_]/);
        if (!member.static) assert.ok(member.description, `${name}.${member.name} says what it is for`);
      }
    }
  });

  it('lists the tokens that the styles read, and no others', async () => {
    const read = new Set((await sources(/\.styles\.ts$/)).match(/--model-download-[a-z-]+/g));
    const listed = new Set(elements.flatMap(({ cssProperties }) => cssProperties.map(({ name }) => name)));
    assert.deepEqual([...read].sort(), [...listed].sort());
  });
});

async function sources(pattern) {
  const folder = new URL('../../src/elements/', import.meta.url);
  const files = (await readdir(folder, { recursive: true })).filter((name) => pattern.test(name));
  return (await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')))).join('\n');
}

/** Runs a script in a new Node process, without earlier imports. */
async function runFresh(script) {
  return promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { cwd: import.meta.dirname, timeout: 120_000 });
}
