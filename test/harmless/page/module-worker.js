import { exposeDownloads } from '/dist/cdn/worker.js';
import { workerVisit } from './worker-visit.js';

const settings = JSON.parse(new URLSearchParams(location.search).get('settings'));
for (const name of settings.environments) await import(`./environments/${name}.js`);
workerVisit(settings, exposeDownloads);
