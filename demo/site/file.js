// A file of the local hub, which the page downloads with its own loader.
import { formatBytes } from '/dist/core/index.js';
import { ModelDownloads } from '/dist/cdn/model-download.js';
import { responseLoader } from '/dist/adapters/response.js';
import { remoteHost } from './hub.js';
import './slow-link.js';

const url = `${remoteHost}local/medium-chat/resolve/main/onnx/model_quantized.onnx`;

/** @param {Response} response */
async function read(response) {
  const bytes = await response.arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return { size: bytes.byteLength, sha256: [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('') };
}

const load = responseLoader(url, { read });
const downloads = new ModelDownloads({ models: { file: { name: 'Any file', load } }, namespace: 'demo' });
downloads.connect(document);
downloads.subscribe('file', async ({ status }) => {
  if (status !== 'queued') return;
  try {
    /** @type {Awaited<ReturnType<typeof read>>} */
    const { size, sha256 } = await downloads.load('file');
    document.getElementById('output').textContent = `${formatBytes(size)}, SHA-256 ${sha256.slice(0, 16)}…`;
  } catch {
    // The recovery on the page shows the failure.
  }
});

/** @type {HTMLButtonElement} */
const open = document.querySelector('#open');
open.addEventListener('click', () => document.querySelector('model-download-dialog').show());
open.disabled = false;
