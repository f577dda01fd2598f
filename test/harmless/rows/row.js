/**
 * One server or environment, in which plain Transformers.js and ours are compared.
 *
 * @typedef {object} Row
 * @property {string} name
 * @property {(2 | 3 | 4)[]} [versions] Of Transformers.js, for which plain works. Default: all.
 * @property {'tiny-chat' | 'medium-chat' | 'sentiment' | 'external'} [model] Default: `tiny-chat`.
 * @property {Behaviours} [hub] What the model's hub does beside the ordinary.
 * @property {Behaviours} [cdn] What the server does to which the hub redirects.
 * @property {Behaviours} [runtime] What the host of the ONNX Runtime does.
 * @property {Behaviour[]} [page] What the page's own server does with the models that it then has.
 * @property {Record<string, string>} [pageHeaders] Of the page, its scripts and its workers.
 * @property {string} [pageHost] The name under which the page is opened. Default: `127.0.0.1`.
 * @property {string} [baseHref] Of the page.
 * @property {(place: Addresses) => string} [policy] The page's Content-Security-Policy.
 * @property {'page' | 'module-worker' | 'classic-worker' | 'sandbox' | 'service-worker'} [realm] Where the model runs. Default: `page`.
 * @property {'downloads' | 'prefetched' | 'installed'} [side] Ours: `ModelDownloads`, with a prefetch before the load, or `installDownloadFetch`. Default: `downloads`.
 * @property {string[]} [environments] Scripts of page/environments that run before anything else.
 * @property {string[]} [arrangements] What the page does with Transformers.js before it loads: names of page/arrangements.js.
 * @property {(place: Addresses) => Record<string, unknown>} [env] Settings of Transformers.js.
 * @property {Record<string, unknown>} [options] Of the pipeline, in addition to the model's.
 * @property {'may-fail'} [plain] Whether plain may fail. Ours has to work all the same, unless `ours` says otherwise.
 * @property {'may-fail' | 'as-plain'} [ours] Whether ours may fail, as where the bytes contradict a fresh listing: then it has to end,
 *   either way; or has to fail where plain does.
 * @property {('hub' | 'cdn')[]} [unasked] Servers that ours must not ask at all.
 * @property {number} [inFlight] Bytes that ours may receive in addition at the first visit, where a connection ends early.
 * @property {number} [patience] Milliseconds within which plain ends, or never. Default: 60,000.
 * @property {number} [limit] Milliseconds within which ours has to end. Default: 60,000.
 * @property {string[]} [engines] Default: all that can.
 * @property {2 | 3 | 4} [sample] The version with which the short run in CI has it. Default: it has not.
 *
 * @typedef {import('../servers/http.js').Behaviour} Behaviour
 * @typedef {Behaviour[] | ((place: Addresses) => Behaviour[])} Behaviours
 * @typedef {{ hub: string, cdn: string, runtime: string, page: string }} Addresses Each ends with a slash.
 */

export {};
