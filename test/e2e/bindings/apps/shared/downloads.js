// The object of the app. Its own loader downloads a file of the test's server.
import { ModelDownloads } from 'model-download';

const VERSION = 'Manager 1';

const load = async ({ fetch, signal }) => (await (await fetch('/own.bin', { signal })).arrayBuffer()).byteLength;
const files = [{ file: 'own.bin', size: 2_000_000 }];

export const downloads = new ModelDownloads({
  models: { own: { name: VERSION, load, files }, other: { name: 'Other', load: () => Promise.resolve(1), files } },
});

const connect = downloads.connect.bind(downloads);
downloads.connect = (...parameters) => {
  globalThis.calls.push(`connect ${VERSION}`);
  const disconnect = connect(...parameters);
  return () => {
    globalThis.calls.push(`disconnect ${VERSION}`);
    disconnect();
  };
};

(globalThis.managers ??= []).push(downloads);
