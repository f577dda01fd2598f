// The licences of the packages that are bundled into the files for a CDN. Packages that an app installs bring their own.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const modules = join(import.meta.dirname, '../../node_modules');

/** The packages bundled so far: the bundles are created one after another, and the last one lists all packages. */
const bundled = new Set();

/** Writes `THIRD-PARTY-LICENSES` beside the bundles. */
export function licencesPlugin() {
  return {
    name: 'third-party-licences',
    /**
     * @this {import('rollup').PluginContext}
     * @param {import('rollup').OutputOptions} _
     * @param {import('rollup').OutputBundle} files
     */
    async generateBundle(_, files) {
      const ids = Object.values(files).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      for (const id of ids) bundled.add(/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id.replaceAll('\\', '/'))?.[1]);
      const texts = await Promise.all([...bundled].filter(Boolean).sort().map(licenceOf));
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES', source: texts.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}

/** @param {string} name Of a package. */
async function licenceOf(name) {
  const folder = join(modules, name);
  const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} brings no file with its licence`);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  return `${name} ${version}\n\n${await readFile(join(folder, file), 'utf8')}`;
}
