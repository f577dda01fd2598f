import type * as DeviceCheck from './device/is-on-device.js';

/** Imports the chunk that looks for the files of a plan on this device: a page with a known plan uses it before any load. */
export function loadDeviceCheck(): Promise<typeof DeviceCheck> {
  return import('./device/is-on-device.js');
}
