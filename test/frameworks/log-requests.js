// Loaded before a script of Node by `--import`: writes its start, and each request that it sends, to the file REQUEST_LOG.
import { subscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';

const log = String(process.env.REQUEST_LOG);
const write = (/** @type {string} */ line) => appendFileSync(log, `${line}\n`);

write(`started ${process.argv[1]}`);
subscribe('undici:request:create', (message) => {
  const { request } = /** @type {{ request: { origin: string, path: string } }} */ (message);
  write(request.origin + request.path);
});
subscribe('http.client.request.start', (message) => {
  const { request } = /** @type {{ request: import('node:http').ClientRequest }} */ (message);
  write(`${request.protocol}//${request.host}${request.path}`);
});
