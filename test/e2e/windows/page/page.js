// A page whose tags move into other windows, each connected to the same downloads.
import { ModelDownloads } from '../../../../dist/index.js';
import '../../../../dist/define/index.js';
import '../../../../dist/define/model-storage.js';

const load = async ({ fetch, signal }) => (await fetch('weights.bin', { signal })).arrayBuffer();
const files = [{ file: 'weights.bin', size: 300_000 }];

globalThis.downloads = new ModelDownloads({ models: { phi: { name: 'Phi', load, files } } });
globalThis.downloads.connect(document);

document.body.innerHTML = `
  <main>
    <model-download-dialog model-key="phi"></model-download-dialog>
    <model-progress-mini model-key="phi"></model-progress-mini>
    <download-recovery model-key="phi"></download-recovery>
    <model-storage></model-storage>
  </main>
  <button type="button" id="popup">Popup</button>
  <button type="button" id="picture">Picture-in-Picture</button>`;

/** Moves the tags into a window and connects it. `globalThis.other` is that window. */
function moveInto(other) {
  globalThis.other = other;
  globalThis.disconnect = globalThis.downloads.connect(other.document);
  other.document.body.append(document.querySelector('main'));
}

/** Moves the tags back. */
globalThis.moveHome = () => {
  document.body.prepend(globalThis.other.document.querySelector('main'));
  globalThis.disconnect();
};

document.getElementById('popup').onclick = () => moveInto(open('', '', 'popup,width=600,height=700'));
document.getElementById('picture').onclick = async () =>
  moveInto(await globalThis.documentPictureInPicture.requestWindow({ width: 600, height: 700 }));
