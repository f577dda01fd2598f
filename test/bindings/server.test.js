// The bindings on a server: each renders an idle download, requests nothing and connects nothing.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { before, beforeEach, describe, it } from 'node:test';
import { createEnvironmentInjector, runInInjectionContext } from '@angular/core';
import { render as renderLit } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, LitElement } from 'lit';
import { ModelDownloads } from 'model-download';
import { injectModelDownload, provideModelDownloads as provideInAngular } from 'model-download/angular';
import { ModelDownloadController } from 'model-download/lit';
import { ModelDownloadsProvider, useModelDownload as useInReact } from 'model-download/react';
import { provideModelDownloads, useModelDownload as useInVue } from 'model-download/vue';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { compile } from 'svelte/compiler';
import { render as renderSvelte } from 'svelte/server';
import { createSSRApp, h } from 'vue';
import { renderToString as renderVue } from 'vue/server-renderer';

const build = join(import.meta.dirname, '../../build/bindings');
const TEXT = 'Mood is idle';

let calls;
let downloads;

/** Records what a binding calls. A server may read a state, and nothing else. */
function watched(object) {
  for (const name of ['connect', 'subscribe', 'load', 'prefetch', 'estimate']) {
    const call = object[name].bind(object);
    object[name] = (...parameters) => (calls.push(name), call(...parameters));
  }
  return object;
}

/** Compiles a component of Svelte for a server, and imports it. */
async function svelteComponent(name, source) {
  await mkdir(build, { recursive: true });
  const file = join(build, `${name}.js`);
  await writeFile(file, compile(source, { filename: `${name}.svelte`, generate: 'server' }).js.code);
  return (await import(pathToFileURL(file).href)).default;
}

/** @param {import('@angular/core').Provider[]} providers */
function injectorOf(providers) {
  return createEnvironmentInjector(providers, /** @type {import('@angular/core').EnvironmentInjector} */ (null));
}

// Angular's build for servers sets it.
before(() => Object.assign(globalThis, { ngServerMode: true }));

before(() => assert.equal(globalThis.document, undefined));

beforeEach(() => {
  calls = [];
  downloads = watched(new ModelDownloads({ models: { mood: { name: 'Mood', load: () => Promise.resolve(1) } } }));
});

describe('on a server', () => {
  it('React renders an idle download', () => {
    const View = () => {
      const { state } = useInReact('mood');
      return `${state.modelName} is ${state.status}`;
    };
    assert.equal(renderToString(createElement(ModelDownloadsProvider, { downloads }, createElement(View))), TEXT);
    assert.deepEqual(calls, []);
  });

  it('Vue renders an idle download', async () => {
    const View = {
      setup() {
        const { state } = useInVue('mood');
        return () => `${state.value.modelName} is ${state.value.status}`;
      },
    };
    const App = {
      setup() {
        provideModelDownloads(downloads);
        return () => h('p', [h(View)]);
      },
    };
    assert.equal(await renderVue(createSSRApp(App)), `<p>${TEXT}</p>`);
    assert.deepEqual(calls, []);
  });

  it('Svelte renders an idle download', async () => {
    const App = await svelteComponent(
      'App',
      `<script>
        import { provideModelDownloads, useModelDownload } from 'model-download/svelte';
        let { downloads } = $props();
        provideModelDownloads(downloads);
        const mood = useModelDownload('mood');
      </script>
      <p>{mood.state.modelName} is {mood.state.status}</p>`,
    );
    assert.match(renderSvelte(App, { props: { downloads } }).body, new RegExp(`<p>${TEXT}</p>`));
    assert.deepEqual(calls, []);
  });

  it('Lit renders an idle download', async () => {
    class MoodView extends LitElement {
      mood = new ModelDownloadController(this, 'mood', downloads);

      /** @override */
      render() {
        return html`<p>${this.mood.state.modelName} is ${this.mood.state.status}</p>`;
      }
    }
    customElements.define('mood-view', MoodView);
    const page = await collectResult(renderLit(html`<mood-view></mood-view>`));
    assert.equal(page.replace(/<!--.*?-->/g, '').match(/<p>(.*?)<\/p>/)?.[1], TEXT);
    assert.deepEqual(calls, []);
  });

  it('Angular has the signals of an idle download', () => {
    const { state, aggregate } = runInInjectionContext(injectorOf([provideInAngular(downloads)]), () => injectModelDownload('mood'));
    assert.equal(`${state().modelName} is ${state().status}`, TEXT);
    assert.equal(aggregate(), undefined);
    assert.deepEqual(calls, []);
  });

  it('every binding shows a download as idle also if the server loads the model itself', async () => {
    await downloads.load('mood');
    assert.equal(downloads.getState('mood').status, 'completed');
    const View = () => useInReact('mood', downloads).state.status;
    assert.equal(renderToString(createElement(View)), 'idle');
    const ignore = () => undefined;
    const host = { addController: ignore, requestUpdate: ignore, removeController: ignore, updateComplete: Promise.resolve(true) };
    assert.equal(new ModelDownloadController(host, 'mood', downloads).state.status, 'idle');
  });
});

describe('without an object', () => {
  it('each binding names what is missing', async () => {
    const missing = /^Error: No ModelDownloads was found\. .*pass the object after the key\.$/i;
    assert.throws(() => renderToString(createElement(() => useInReact('mood').state.status)), missing);
    const View = { setup: () => (useInVue('mood'), () => 'unreachable') };
    const app = createSSRApp(View);
    app.config.warnHandler = () => undefined;
    await assert.rejects(async () => renderVue(app), missing);
    const App = await svelteComponent(
      'Alone',
      `<script>
        import { useModelDownload } from 'model-download/svelte';
        const mood = useModelDownload('mood');
      </script>
      {mood.state.status}`,
    );
    assert.throws(() => renderSvelte(App).body, missing);
    assert.throws(() => runInInjectionContext(injectorOf([]), () => injectModelDownload('mood')), missing);
    assert.throws(() => new ModelDownloadController(/** @type {LitElement} */ ({}), 'mood', undefined), missing);
  });
});
