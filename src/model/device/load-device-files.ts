import type * as DeviceFiles from './device-files.js';

/** Imports the chunk that accesses the files on this device. */
export async function loadDeviceFiles(): Promise<typeof DeviceFiles> {
  // The chunk imports the transfer layer, which is requested beside it instead of after it.
  const [device] = await Promise.all([import('./device-files.js'), import('../../transfer/internal.js')]);
  return device;
}
