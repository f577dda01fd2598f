/* global ModelDownloadWorker */
importScripts('/dist/cdn/worker.umd.js');

const settings = JSON.parse(new URLSearchParams(location.search).get('settings'));
for (const name of settings.environments) importScripts(`environments/${name}.js`);
import('./worker-visit.js').then(({ workerVisit }) => workerVisit(settings, ModelDownloadWorker.exposeDownloads));
