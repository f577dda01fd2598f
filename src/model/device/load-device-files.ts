import type * as DeviceFiles from './device-files.js';

/** Loads what looks at the files on this device, with the first question about them. */
export function loadDeviceFiles(): Promise<typeof DeviceFiles> {
  return import('./device-files.js');
}
