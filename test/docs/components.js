// Checks components by the compilers of their frameworks.
import { parseTemplate } from '@angular/compiler';
import { compile } from 'svelte/compiler';
import ts from 'typescript';
import { compileScript, compileTemplate, parse } from 'vue/compiler-sfc';
import { placeOf } from './samples.js';

/** @typedef {{ complaints: string[], scripts: import('./scripts.js').Script[] }} Checked The scripts are to be checked as such. */

/**
 * @param {import('./samples.js').Sample} sample
 * @returns {Checked}
 */
export function checkVue(sample) {
  const { descriptor, errors } = parse(sample.code, { filename: 'Sample.vue' });
  const complaints = errors.map(({ message }) => `${placeOf(sample)} ${message}`);
  const { scriptSetup, template } = descriptor;
  if (errors.length > 0 || !scriptSetup || !template) return { complaints, scripts: [] };
  const { bindings } = compileScript(descriptor, { id: 'sample' });
  const result = compileTemplate({
    source: template.content,
    filename: 'Sample.vue',
    id: 'sample',
    compilerOptions: { isCustomElement: (tag) => tag.startsWith('model-') || tag === 'download-recovery', bindingMetadata: bindings },
  });
  complaints.push(...result.errors.map((error) => `${placeOf(sample)} ${typeof error === 'string' ? error : error.message}`));
  return { complaints, scripts: [{ ...sample, language: 'ts', code: scriptSetup.content, offset: scriptSetup.loc.start.line - 1 }] };
}

/**
 * @param {import('./samples.js').Sample} sample
 * @returns {Checked}
 */
export function checkSvelte(sample) {
  const script = /<script lang="ts">\n([\s\S]*?)<\/script>/.exec(sample.code)?.[1] ?? '';
  const scripts = script ? [{ ...sample, language: 'ts', code: script, offset: 1 }] : [];
  try {
    const { warnings } = compile(sample.code, { filename: 'Sample.svelte', generate: 'client' });
    return { complaints: warnings.map(({ message, start }) => `${placeOf(sample, (start?.line ?? 1) - 1)} ${message}`), scripts };
  } catch (error) {
    return { complaints: [`${placeOf(sample)} ${error.message}`], scripts };
  }
}

/**
 * The templates of Angular's components in a script; the script itself is checked as every other.
 *
 * @param {import('./samples.js').Sample} sample
 * @returns {string[]}
 */
export function checkAngularTemplates(sample) {
  if (!sample.code.includes('@angular/core')) return [];
  const source = ts.createSourceFile('sample.ts', sample.code, ts.ScriptTarget.ES2022, true);
  /** @type {string[]} */
  const templates = [];
  const visit = (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'template' && ts.isStringLiteralLike(node.initializer))
      templates.push(node.initializer.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return templates.flatMap((template) => parseTemplate(template, 'sample.html').errors ?? []).map(({ msg }) => `${placeOf(sample)} ${msg}`);
}
