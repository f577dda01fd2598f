/**
 * One server or environment, in which plain Transformers.js and ours are compared.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {(2 | 3 | 4)[]} [versions] Of Transformers.js, for which plain works. Default: all.
 * @property {'tiny-chat' | 'medium-chat' | 'sentiment' | 'external'} [model] Default: `tiny-chat`.
 * @property {Behaviours} [hub] Unusual behaviours of the model's hub.
 * @property {Behaviours} [cdn] Unusual behaviours of the server to which the hub redirects.
 * @property {Behaviours} [runtime] Unusual behaviours of the host of the ONNX Runtime.
 * @property {Behaviour[]} [page] Unusual behaviours of the page's own server, which then has the models.
 * @property {Record<string, string>} [pageHeaders] Of the page, its scripts and its workers.
 * @property {string} [pageHost] The name under which the page is opened. Default: `127.0.0.1`.
 * @property {string} [baseHref] Of the page.
 * @property {(place: Addresses) => string} [policy] The page's Content-Security-Policy.
 * @property {2} [tabs] Pages that load the model at once; the figures are of all together, the time is that of the slowest. Default: one.
 * @property {'page' | 'module-worker' | 'classic-worker' | 'sandbox' | 'service-worker'} [realm] Where the model runs. Default: `page`.
 * @property {'downloads' | 'prefetched' | 'installed'} [side] Ours: `ModelDownloads`, with a prefetch before the load, or `installDownloadFetch`. Default: `downloads`.
 * @property {string[]} [environments] Scripts of page/environments that run before anything else.
 * @property {string[]} [arrangements] The preparations of the page before it loads: names in page/arrangements.js.
 * @property {(place: Addresses) => Record<string, unknown>} [env] Settings of Transformers.js.
 * @property {Record<string, unknown>} [options] Of the pipeline, in addition to the model's.
 * @property {'may-fail'} [plain] Whether plain may fail. Ours must work anyway, unless `ours` allows a failure.
 * @property {'may-fail' | 'as-plain'} [ours] Whether ours may fail, for example if the bytes contradict a new listing: then it must end,
 *   either way; or must fail if plain does.
 * @property {('hub' | 'cdn')[]} [unasked] Servers from which ours must not request anything.
 * @property {number} [inFlight] Bytes that ours may receive in addition at the first visit, if a connection ends early.
 * @property {number} [replaced] Requests in addition to the usual two, each beside or after a connection that is silent for more than 30 s.
 * @property {number} [patience] Milliseconds within which plain ends, or never. Default: 60,000.
 * @property {number} [limit] Milliseconds within which ours must end. Default: 60,000.
 * @property {string[]} [engines] Default: all that can.
 * @property {2 | 3 | 4} [sample] The version with which the short run in CI has it. Default: it has not.
 *
 * @typedef {import('../servers/http.js').Behaviour} Behaviour
 * @typedef {Behaviour[] | ((place: Addresses) => Behaviour[])} Behaviours
 * @typedef {{ hub: string, cdn: string, runtime: string, page: string }} Addresses Each ends with a slash.
 */

export {};
