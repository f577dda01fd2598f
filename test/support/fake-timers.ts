import { FakeClock } from './fake-clock.js';

/** Replaces the timers of the platform by those of a clock that the test advances, until `restore` is called. */
export function useFakeTimers(): { readonly clock: FakeClock; readonly restore: () => void } {
  const clock = new FakeClock();
  const native = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  Object.assign(globalThis, {
    setTimeout: (callback: () => void, delay = 0) => clock.setTimeout(callback, delay),
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  });
  return { clock, restore: () => void Object.assign(globalThis, native) };
}
