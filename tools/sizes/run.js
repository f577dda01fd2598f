// `npm run sizes`: measures what a page loads, ours and other packages in the same run, and writes docs/sizes.md.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { bundlers } from './bundlers.js';
import { measureCdn } from './cdn-files.js';
import { fileBytes, loadedBytes } from './measure.js';
import { renderPage } from './page.js';
import { ours, peers } from './subjects.js';
import { Workspace } from './workspace.js';

const path = join(import.meta.dirname, '../../docs/sizes.md');

/**
 * @param {import('./subjects.js').Subject} subject
 * @param {Workspace} workspace
 */
async function measure(subject, workspace) {
  const entry = await workspace.write(subject.code);
  const bytes = [];
  for (const bundle of Object.values(bundlers)) bytes.push(loadedBytes(await bundle(entry, workspace), subject));
  const styles = await fileBytes((subject.styles ?? []).map((path) => workspace.pathOf(path)));
  const versions = await Promise.all(subject.packages.map((name) => workspace.versionOf(name)));
  console.log(subject.name, bytes.join(', '), styles || '');
  return { name: subject.name, bytes, styles, versions };
}

const workspace = await Workspace.open();
try {
  const rows = { ours: [], peers: [] };
  for (const subject of ours) rows.ours.push(await measure(subject, workspace));
  for (const subject of peers) rows.peers.push(await measure(subject, workspace));
  const esbuild = await workspace.versionOf('esbuild');
  const terser = await workspace.versionOf('terser');
  const text = await renderPage({ ...rows, cdn: await measureCdn(), tools: [esbuild, terser] });
  await writeFile(path, await format(text, { ...(await resolveConfig(path)), parser: 'markdown' }));
} finally {
  await workspace.close();
}
