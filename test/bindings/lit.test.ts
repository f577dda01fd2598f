// The controller in elements of a page.
import { expect, fixture, html } from '@open-wc/testing';
import { LitElement, type TemplateResult } from 'lit';
import { ModelDownloads, ModelDownloadQueryEvent } from 'model-download';
import { ModelDownloadController } from 'model-download/lit';
import { deferred } from '../support/deferred.js';

let downloads: ModelDownloads;
let end: ReturnType<typeof deferred<number>>;

class MoodView extends LitElement {
  static override properties = { modelKey: {} };

  declare modelKey: string;
  readonly download = new ModelDownloadController(this, () => this.modelKey, downloads);

  constructor() {
    super();
    this.modelKey = 'mood';
  }

  override render(): TemplateResult {
    const { state, actions } = this.download;
    return html`<button @click=${actions.start}>${state.modelName} ${state.status}</button>`;
  }

  get text(): string | undefined {
    return this.shadowRoot?.textContent.trim();
  }
}
customElements.define('mood-view', MoodView);

beforeEach(() => {
  end = deferred();
  const other = { name: 'Other', load: () => Promise.resolve(2) };
  downloads = new ModelDownloads({ storage: null, models: { mood: { name: 'Mood', load: () => end.promise }, other } });
});

afterEach(() => downloads.dispose());

function isAnswered(): boolean {
  let answered = false;
  document.dispatchEvent(new ModelDownloadQueryEvent({ modelKey: 'mood', answer: () => (answered = true) }));
  return answered;
}

describe('ModelDownloadController', () => {
  it('updates its host with each state, and starts a download only by an action', async () => {
    const view = await fixture<MoodView>(html`<mood-view></mood-view>`);
    expect(view.text).to.equal('Mood idle');
    view.shadowRoot?.querySelector('button')?.click();
    await view.updateComplete;
    expect(view.text).not.to.equal('Mood idle');
    end.resolve(1);
    await downloads.load('mood');
    await view.updateComplete;
    expect(view.text).to.equal('Mood completed');
  });

  it('shows and loads the variant that an action has chosen', async () => {
    const variants = { small: { load: () => Promise.resolve(1) }, large: { load: () => Promise.resolve(2) } };
    downloads.define({ mood: { name: 'Mood', load: () => end.promise, variants } });
    const view = await fixture<MoodView>(html`<mood-view></mood-view>`);
    expect(view.download.state.variant).to.equal('small');
    await view.download.actions.chooseVariant('large');
    await view.updateComplete;
    expect(view.download.state.variant).to.equal('large');
    expect(await view.download.actions.load()).to.equal(2);
  });

  it('follows a key that changes', async () => {
    const view = await fixture<MoodView>(html`<mood-view></mood-view>`);
    view.modelKey = 'other';
    await view.updateComplete;
    expect(view.text).to.equal('Other idle');
    await view.download.actions.load();
    await view.updateComplete;
    expect(view.text).to.equal('Other completed');
    expect(downloads.getState('mood')?.status).to.equal('idle');
  });

  it('disconnects with its host, and shows the current state when the host returns', async () => {
    const view = await fixture<MoodView>(html`<mood-view></mood-view>`);
    const parent = view.parentElement!;
    expect(isAnswered()).to.be.true;
    view.remove();
    await Promise.resolve();
    expect(isAnswered()).to.be.false;
    end.resolve(1);
    await downloads.load('mood');
    await view.updateComplete;
    expect(view.text).to.equal('Mood idle');
    parent.append(view);
    await view.updateComplete;
    expect(view.text).to.equal('Mood completed');
    expect(isAnswered()).to.be.true;
  });

  it('stays connected when its host is moved', async () => {
    const view = await fixture<MoodView>(html`<mood-view></mood-view>`);
    let announced = 0;
    const count = (): void => void (announced += 1);
    document.addEventListener('model-download-change', count);
    view.parentElement?.append(view);
    await view.updateComplete;
    document.removeEventListener('model-download-change', count);
    expect(announced).to.equal(0);
    expect(isAnswered()).to.be.true;
  });

  it('renders an idle download first over the tree of a server', async () => {
    end.resolve(1);
    await downloads.load('mood');
    const view = new MoodView();
    view.attachShadow({ mode: 'open' }).innerHTML = '<p></p>';
    const rendered: string[] = [];
    view.download.hostUpdate = function (this: ModelDownloadController): void {
      rendered.push(this.state.status);
      ModelDownloadController.prototype.hostUpdate.call(this);
    };
    await fixture(html`${view}`);
    await view.updateComplete;
    expect(rendered).to.deep.equal(['idle', 'completed']);
    expect(view.text).to.equal('Mood completed');
  });
});
