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
 * Keeps the current connection, if there is one, until the returned function is called. It is for a component that is created in one
 * task and connects in a later task: otherwise the component that it replaces would disconnect in between.
 */
export function holdConnection(downloads: ModelDownloads): () => void {
  const connection = connections.get(downloads);
  return connection ? addUser(downloads, connection) : () => undefined;
}

/** Counts a user of the connection. Returns a function that removes the user. */
function addUser(downloads: ModelDownloads, connection: Connection): () => void {
  connection.users += 1;
  let isReleased = false;
  return () => {
    if (isReleased) return;
    isReleased = true;
    connection.users -= 1;
    // StrictMode and a hot update release and connect again in one task. With the delay, a new object takes the models over before
    // the old one is disconnected, and cancels the downloads of the old one.
    queueMicrotask(() => disconnectUnused(downloads, connection));
  };
}

function disconnectUnused(downloads: ModelDownloads, connection: Connection): void {
  if (connection.users > 0 || connections.get(downloads) !== connection) return;
  connections.delete(downloads);
  connection.disconnect();
}
