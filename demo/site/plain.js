// A classic script without a build: the package is the global ModelDownload.
/* global ModelDownload */
const downloads = new ModelDownload.ModelDownloads({
  transformers: async () => {
    const [{ importTransformers }, { remoteHost }] = await Promise.all([import('./transformers.js'), import('./hub.js')]);
    return importTransformers(4, remoteHost);
  },
  models: {
    translator: { name: 'English to German', task: 'translation', model: 'local/translator', options: { dtype: 'q8' } },
  },
});
downloads.connect(document);
downloads.subscribe('translator', async ({ status }) => {
  if (status !== 'queued') return;
  try {
    /** @type {(text: string) => Promise<{ translation_text: string }[]>} */
    const translate = await downloads.load('translator');
    const [{ translation_text }] = await translate('Hello world');
    document.getElementById('output').textContent = `“Hello world” is “${translation_text}”`;
  } catch {
    // The recovery on the page shows the failure.
  }
});
document.getElementById('open').addEventListener('click', () => document.querySelector('model-download-dialog').show());
