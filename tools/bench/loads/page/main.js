// One load: the address contains the model, its servers, the realm and the side.
import { now } from './compile-watch.js';
import { hanging } from './outcome.js';
import { realms } from './realms.js';

const settings = JSON.parse(new URLSearchParams(location.search).get('settings'));
const load = await realms[settings.realm](settings);

/**
 * @param {number} patience Milliseconds.
 * @returns {Promise<import('./outcome.js').Outcome>}
 */
globalThis.load = (patience) => Promise.race([load(), hanging(patience, now())]);
