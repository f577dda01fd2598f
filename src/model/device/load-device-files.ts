import type * as DeviceFiles from './device-files.js';

/** Imports the chunk that accesses the files on this device. */
export function loadDeviceFiles(): Promise<typeof DeviceFiles> {
  return import('./device-files.js');
}
