// The types that TypeScript gets from an import alone, with the published declarations.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const compiler = join(root, 'node_modules/typescript/bin/tsc');
const options = [
  '--ignoreConfig',
  '--noEmit',
  '--skipLibCheck',
  '--strict',
  '--target',
  'es2022',
  '--module',
  'esnext',
  '--moduleResolution',
  'bundler',
];

/** The compiler's complaints about a script. */
async function check(script) {
  const folder = join(root, 'build/types');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'script.ts'), script);
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...options, join(folder, 'script.ts')], { cwd: folder }, (_, stdout) => resolve(stdout));
  });
}

it('type the tags and the events of a page that imports the package', async () => {
  const complaints = await check(`
    import { ModelDownloads } from 'model-download';
    import 'model-download/define';

    new ModelDownloads().connect(document);
    document.querySelector('model-download-dialog')?.show();
    document.querySelector('model-progress-mini')?.modelKey.trim();
    document.addEventListener('model-download-change', ({ detail }) => detail.state.status.trim());
  `);
  assert.equal(complaints, '');
});

it('type the tags in JSX by their attributes and by their properties', async () => {
  const complaints = await check(`
    import 'model-download/react';
    import type { JSX } from 'react';

    export const byAttribute: JSX.IntrinsicElements['model-progress-mini'] = { 'model-key': 'mood' };
    export const byProperty: JSX.IntrinsicElements['model-progress-mini'] = { modelKey: 'mood' };
    // @ts-expect-error: a key is a string.
    export const wrong: JSX.IntrinsicElements['model-progress-mini'] = { modelKey: 1 };
  `);
  assert.equal(complaints, '');
});

it('type the bindings for each framework, beside the types of the tags', async () => {
  const complaints = await check(`
    import { ModelDownloads } from 'model-download';
    import { injectModelDownload } from 'model-download/angular';
    import { ModelDownloadController } from 'model-download/lit';
    import * as react from 'model-download/react';
    import * as svelte from 'model-download/svelte';
    import * as vue from 'model-download/vue';

    declare const host: ConstructorParameters<typeof ModelDownloadController>[0];
    const downloads = new ModelDownloads();
    const props: react.ModelProgressMiniProps = { modelKey: 'mood' };
    react.ModelDownloadsProvider({ downloads }).key?.trim();
    react.useModelDownload('mood').state.status.trim();
    vue.useModelDownload(() => 'mood').state.value.status.trim();
    svelte.useModelDownload('mood', downloads).state.status.trim();
    injectModelDownload('mood').state().status.trim();
    new ModelDownloadController(host, 'mood', downloads).state.status.trim();
    const pipeline: Promise<string> = react.useModelDownload('mood').actions.load<string>({ onProgress: ({ speed }) => speed?.toFixed() });
    // @ts-expect-error: a key is a string.
    react.useModelDownload(1);
    export { pipeline, props };
  `);
  assert.equal(complaints, '');
});
