import { compareVersions, type FileVersion } from '../integrity/file-version.js';
import { connectRange, dismiss, type Connection, type ConnectOptions } from './connection.js';

/**
 * Requests the byte at `start`, and returns the answer, without its body, if that shows that the byte is of the same version as
 * those before; otherwise `undefined`.
 *
 * @throws as `connectRange()`.
 */
export async function probeVersion(options: ConnectOptions, start: number, version: FileVersion): Promise<Connection | undefined> {
  const connection = await connectRange(options, start, version, start);
  if (!connection) return undefined;
  dismiss(connection.response);
  return compareVersions(version, connection.version) === 'same' ? connection : undefined;
}
