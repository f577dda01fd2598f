// The switch that slows the connection to the hub: small models would otherwise be complete before they are visible.
import { control, reset } from './hub.js';

const slow = /** @type {HTMLInputElement} */ (document.getElementById('slow'));
const follow = () => control({ bandwidth: slow.checked ? 1_000_000 : 0 });

await reset();
await follow();
slow.addEventListener('change', follow);
