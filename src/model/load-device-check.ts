import type * as DeviceCheck from './device/is-on-device.js';

/**
 * Imports the check whether the files of a plan are on this device. It is not part of the engine, because a page with a known
 * plan uses it before any load.
 */
export function loadDeviceCheck(): Promise<typeof DeviceCheck> {
  return import('./device/is-on-device.js');
}
