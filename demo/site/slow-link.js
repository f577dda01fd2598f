// The switch that slows the link to the hub, or the smaller models would be here before anything is seen.
import { control, reset } from './hub.js';

const slow = /** @type {HTMLInputElement} */ (document.getElementById('slow'));
const follow = () => control({ bandwidth: slow.checked ? 1_000_000 : 0 });

await reset();
await follow();
slow.addEventListener('change', follow);
