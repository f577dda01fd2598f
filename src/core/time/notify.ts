import type { Clock } from './clock.js';

/**
 * Calls a listener of the page. An error that it throws is reported as uncaught, as with a DOM
 * listener, and stops neither the other listeners nor the caller.
 */
export function notify<T>(listener: ((value: T) => void) | undefined, value: T, clock: Clock): void {
  try {
    listener?.(value);
  } catch (error) {
    clock.setTimeout(() => {
      throw error;
    }, 0);
  }
}
