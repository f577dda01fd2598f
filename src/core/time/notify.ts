import type { Clock } from './clock.js';

/**
 * Calls a listener of the page. What it throws surfaces as an uncaught error, as with a DOM
 * listener, and stops neither the other listeners nor the runtime whose event is being told.
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
