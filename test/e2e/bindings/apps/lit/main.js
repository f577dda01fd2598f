import 'model-download/define';
import { html, LitElement } from 'lit';
import { ModelDownloadController } from 'model-download/lit';
import { downloads } from './downloads.js';

class AppView extends LitElement {
  static properties = { key: {} };

  constructor() {
    super();
    this.key = 'own';
    this.download = new ModelDownloadController(this, () => this.key, downloads);
  }

  render() {
    const { state, aggregate, actions } = this.download;
    return html`<main data-view="1">
      <p data-status=${state.status}>${state.modelName}: ${state.bytesDownloaded} bytes, ${aggregate?.totalFiles ?? 'unknown'} files</p>
      <button @click=${actions.start}>Start</button>
      <button @click=${actions.pause}>Pause</button>
      <button @click=${actions.resume}>Resume</button>
      <button @click=${actions.cancel}>Cancel</button>
      <button @click=${() => (this.key = 'other')}>Other</button>
      <model-progress-mini model-key="own"></model-progress-mini>
    </main>`;
  }
}
customElements.define('app-view', AppView);

const view = document.createElement('app-view');
document.getElementById('root').append(view);
globalThis.unmount = () => view.remove();
