import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * A port that no process listens on. Test runs that start side by side must not look for one from the same number on: both
 * find the same port free, and the second one fails.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
