// A service worker, which forbids `import()`, with one model for the page that sends it a port.
import { responseLoader } from 'model-download/adapters/response';
import { exposeDownloads } from 'model-download/adapters/worker';

addEventListener('message', ({ data, ports: [port] }) => {
  if (!port) return;
  const models = { own: { load: responseLoader(data as string, { keep: true, read: (response: Response) => response.text() }) } };
  const addEventListener = (type: 'message', listener: (event: MessageEvent<unknown>) => void): void => {
    port.addEventListener(type, listener);
    port.start();
  };
  exposeDownloads({ postMessage: (message) => port.postMessage(message), addEventListener }, { models, automaticAttempts: 0 });
});
