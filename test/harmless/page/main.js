// One visit: the address contains the model, its server, the realm and the side. The page's server receives the result.
import { realms } from './realms.js';

const settings = JSON.parse(new URLSearchParams(location.search).get('settings'));
const send = self.fetch.bind(self);

/** @type {import('./visit.js').Outcome} */
const outcome = await realms[settings.realm](settings).catch((error) => ({ works: false, error: String(error), took: 0 }));
if (settings.isFramed) parent.postMessage(outcome, '*');
else await send(new URL('/outcome', location.origin), { method: 'POST', body: JSON.stringify(outcome) });
