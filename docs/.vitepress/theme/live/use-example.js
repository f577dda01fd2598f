import { onMounted, onUnmounted, ref } from 'vue';
import { limitLink } from './limit-link.js';

/**
 * Starts an example when its part of the page is in the browser and its link is as slow as it can be.
 *
 * @param {() => Promise<{ start: (root: HTMLElement) => () => void }>} load Imports the example.
 * @returns `root` is for the `ref` of the part. `link` is `undefined` until the example has started, then `limited`, or
 *   `direct` if no service worker can limit the link.
 */
export function useExample(load) {
  const root = ref();
  const link = ref();
  let end;
  onMounted(async () => {
    const [isLimited, { start }] = await Promise.all([limitLink(), load()]);
    // The visitor may have left the page meanwhile.
    if (!root.value) return;
    end = start(root.value);
    link.value = isLimited ? 'limited' : 'direct';
  });
  onUnmounted(() => end?.());
  return { root, link };
}
