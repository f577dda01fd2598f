// The worker of `in-worker.js`: it downloads the page's models, runs them, and answers questions.
import { exposeDownloads } from '/dist/cdn/worker.js';
import { answer } from './answers.js';
import { fillDisk } from './full-disk.js';
import { importTransformers } from './transformers.js';

const settings = new URLSearchParams(location.search);
const models = exposeDownloads(self, {
  transformers: () => importTransformers(Number(settings.get('version')), settings.get('remoteHost')),
});

self.addEventListener('message', async ({ data: { question, isDiskFull }, ports: [port] }) => {
  if (isDiskFull !== undefined) fillDisk(isDiskFull);
  if (!question) return;
  const { key, task, message } = question;
  port.postMessage(await answer(task, await models.get(key), message));
});
