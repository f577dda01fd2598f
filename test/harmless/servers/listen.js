/** Below the ephemeral ports of systems, and above the ports that browsers refuse. */
let lastPort = 12_000 + (process.pid % 8_000);

/**
 * Opens a server on a port that this process has not used, since the browser's caches identify servers by their ports.
 *
 * @param {import('node:http').Server} server
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function listen(server) {
  for (;;) {
    const port = ++lastPort;
    if (!(await tryPort(server, port))) continue;
    const close = () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve(undefined)));
    };
    return { port, close };
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @returns {Promise<boolean>} Whether it was free.
 */
function tryPort(server, port) {
  return new Promise((resolve, reject) => {
    /** @param {NodeJS.ErrnoException} error */
    const refused = (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error));
    server.once('error', refused).listen(port, '127.0.0.1', () => {
      server.removeListener('error', refused);
      resolve(true);
    });
  });
}
