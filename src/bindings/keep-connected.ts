import type { ModelDownloads } from '../page/index.js';

/** The connection of a `ModelDownloads` to the document, shared by its components. */
interface Connection {
  readonly disconnect: () => void;
  users: number;
}

const connections = new WeakMap<ModelDownloads, Connection>();

/**
 * Connects a `ModelDownloads` to the document, once for all components that use it. Returns a function that releases the
 * connection. It never disposes: the page owns the object, and a download continues without a component.
 *
 * @throws DOMException `InvalidStateError` after `dispose()`.
 */
export function keepConnected(downloads: ModelDownloads): () => void {
  const connection = connections.get(downloads) ?? { users: 0, disconnect: downloads.connect() };
  connections.set(downloads, connection);
  return addUser(downloads, connection);
}

/**
 * Keeps the current connection until the returned function is called, and makes none. For a component that connects in a later
 * task than the one that creates it: without this, the component that it replaces would disconnect in between.
 */
export function holdConnection(downloads: ModelDownloads): () => void {
  const connection = connections.get(downloads);
  return connection ? addUser(downloads, connection) : () => undefined;
}

/** Returns a function that removes the user. */
function addUser(downloads: ModelDownloads, connection: Connection): () => void {
  connection.users += 1;
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    connection.users -= 1;
    // StrictMode and a hot update release and connect again in one task. A new object so takes the models over before the
    // old one is disconnected, and cancels the downloads of the old one.
    queueMicrotask(() => disconnectUnused(downloads, connection));
  };
}

function disconnectUnused(downloads: ModelDownloads, connection: Connection): void {
  if (connection.users > 0 || connections.get(downloads) !== connection) return;
  connections.delete(downloads);
  connection.disconnect();
}
