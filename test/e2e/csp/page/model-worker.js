import { exposeDownloads } from '/dist/cdn/worker.js';
import { answer, chat } from './model.js';

/** The violations of the policy of this realm. */
const violations = [];
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => violations.push(`${violatedDirective} ${blockedURI}`));

const models = exposeDownloads(self, chat(new URLSearchParams(location.search).get('hub')));

addEventListener('message', async ({ data }) => {
  if (data.message) postMessage({ answer: await answer(await models.get('chat'), data.message), violations });
});
