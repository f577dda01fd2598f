// The properties of every run, for any scenario.
import { isEqual } from './file-versions.js';
import { integrityOf } from './network.js';

/** The time in which a call must end after its caller stopped it, in ms. */
const PROMPT = 1_000;

/** The least time between an answer with 429 and the next request of the same caller, in ms. */
const LEAST_WAIT = 900;

/** How late a listing may come that is still compared with, in ms. */
const LISTING_PATIENCE = 500;

/** Faults that do not harm a caller with one plain request. */
const HARMLESS = new Set(['slow', 'none', 'refuse-range', 'other-start', 'hide-range']);

/** Statuses of a busy server. */
const BUSY = new Set([408, 429, 503]);

/** Listings that have the hash of the current file when they are requested again. */
const TRUE_LISTINGS = new Set(['right', 'cached']);

/** Judges a run: `{ code, message }` for each thing that is wrong. */
export function violationsOf(run) {
  return [...run.violations, ...wrongBodies(run), ...lateEnds(run), ...wrongRequests(run), ...harm(run)];
}

// A body that ends without an error is one version of the file.

function wrongBodies(run) {
  return run.calls.flatMap((call) => {
    const { outcome, body, response, client } = call;
    if (outcome !== 'ended') return [];
    const say = (code, message) => [{ code, message: `call ${client.id}: ${message}` }];
    if (response.status !== 200) return say('wrong-status', `status ${response.status}`);
    if (run.scenario.isPrivate && client.user !== 'a') return say('leaked', 'it got a file that the server refused it');
    if (call.integrity && integrityOf(body) !== call.integrity) return say('wrong-integrity', explain(body, run));
    // An answer that is passed on unchanged has the type of the network.
    const suffix = response.type === 'default' ? '' : '-untouched';
    if (isAcceptable(body, run)) return [];
    // The reader has the server's own answer, as it would have without the layer.
    if (client.early === 'repeated' && suffix && run.network.requests.some(({ bytes }) => isEqual(bytes, body))) return [];
    const kind = kindOf(body, run);
    // If a script in between declares too small a length, only a plain `fetch` shows the result.
    return isLengthWrong(run) && kind === 'short' ? [] : say(`${kind}-body${suffix}`, explain(body, run));
  });
}

/** The fault of a body, in one word. */
function kindOf(body, { server }) {
  const { versions } = server;
  if (versions.some((version) => version.length > body.length && isEqual(body, version.subarray(0, body.length)))) return 'short';
  if (Buffer.from(body).includes('<!doctype html>')) return 'page';
  const kinds = new Set(originsOf(body, server).map(({ version }) => version));
  if (kinds.has(-1)) return versions.some(({ length }) => length === body.length) ? 'damaged' : 'wrong';
  return 'spliced';
}

function isAcceptable(body, run) {
  const { versions, damaged } = run.server;
  if (versions.some((version) => isEqual(body, version))) return true;
  if (isHashDue(run)) return false;
  // Without a hash a damaged byte cannot be detected, wherever it was damaged.
  const isStoreDamaged = run.scenario.store.kind === 'damaged';
  if (isStoreDamaged && versions.some(({ length }) => length === body.length)) return true;
  if (damaged.size > 0 && versions.some((version) => isEqual(body, version, damaged))) return true;
  return run.network.requests.some((request) => isPlainBody(request, body, run));
}

/** Whether a plain `fetch` with this answer would have returned the same, and nothing could have shown that it is wrong. */
function isPlainBody(request, body, run) {
  const { scenario, server } = run;
  const { status, answer } = request;
  // Behind the last byte of its length nothing more is read of a body.
  const isComplete = request.isComplete || (request.sent === answer?.bytes.length && answer.end === undefined);
  if (status !== 200 || !isComplete || answer.isPage) return false;
  const { kind } = scenario.listing;
  const isInTime = scenario.listing.delay <= LISTING_PATIENCE;
  const isSizeKnown = isInTime && scenario.sizes.length === 1 && (TRUE_LISTINGS.has(kind) || kind === 'size-only' || kind === 'behind');
  const told = toldLength(request, scenario);
  // The server's own headers of this answer take precedence over the listing.
  if (isSizeKnown && request.sent < server.size && told !== request.sent) return false;
  return (!(told > request.sent) || endsTwice(request, run)) && isEqual(request.bytes, body);
}

/**
 * Whether two plain answers end at the same byte, with a hidden encoding: their length may be that of a compressed body, which a
 * small file can be shorter than. No browser ends an uncompressed body early without an error.
 */
function endsTwice({ sent }, { scenario, network }) {
  const ends = network.requests.filter((request) => request.status === 200 && request.sent === sent && request.answer?.end === undefined);
  return scenario.host.cors !== 'same-origin' && ends.length > 1;
}

/** The length of the file by an answer, if it is reliable. */
function toldLength({ answer }, { host }) {
  // No compressed body has no bytes.
  if (answer.headers['Content-Length'] === '0') return 0;
  const mayBeEncoded = answer.isEncoded || (host.cors !== 'same-origin' && host.type !== 'application/octet-stream');
  return mayBeEncoded ? NaN : Number(answer.headers['Content-Length'] ?? NaN);
}

/** Whether the hash of the file is known in time, and compared by default. */
function isHashDue({ scenario }) {
  const { listing, options } = scenario;
  return (
    TRUE_LISTINGS.has(listing.kind) && listing.delay <= LISTING_PATIENCE && (options.verify === undefined || options.verify === 'always')
  );
}

/** Describes the parts of a wrong body. */
function explain(body, { server }) {
  const runs = originsOf(body, server);
  const parts = runs
    .slice(0, 4)
    .map(({ version, start, end }) => `${start}–${end - 1} of ${version < 0 ? 'nothing' : `version ${version}`}`);
  return `${body.length} bytes: ${parts.join(', ')}${runs.length > 4 ? ', …' : ''}; versions have ${server.versions.map(({ length }) => length).join(', ')}`;
}

/** The version of each run of bytes; −1 for none. */
function originsOf(body, { versions }) {
  const runs = [];
  for (let at = 0; at < body.length; at++) {
    const version = versions.findIndex((bytes) => at < bytes.length && bytes[at] === body[at]);
    const last = runs.at(-1);
    if (last?.version === version) last.end = at + 1;
    else runs.push({ version, start: at, end: at + 1 });
  }
  return runs;
}

// A call ends soon after its caller has stopped it.

function lateEnds({ calls }) {
  return calls.flatMap(({ client, stoppedAt, settledAt, answeredAt }) => {
    if (stoppedAt === undefined || !(settledAt - stoppedAt > PROMPT)) return [];
    // A caller that waits for something else does not notice, and a cancelled body ends with the copy of it that is stored.
    if (answeredAt !== undefined && (client.early === 'repeated' || client.waits || client.read === 'never' || client.read === 'slow'))
      return [];
    return [{ code: 'stopped-late', message: `call ${client.id} ended ${settledAt - stoppedAt} ms after it was stopped` }];
  });
}

// Requests are few, and made as they should be.

function wrongRequests(run) {
  const { requests } = run.network;
  const most = mostRequests(run);
  return [
    ...(requests.length > most ? [{ code: 'many-requests', message: `${requests.length} requests, expected at most ${most}` }] : []),
    ...requests.flatMap((request, place) => [...wrongForm(request), ...tooSoon(request, requests.slice(0, place))]),
  ];
}

/** The pieces of a limited server, and some attempts for each, for every call. */
function mostRequests({ scenario, calls }) {
  const { host, faults, options } = scenario;
  const pieces = host.ranges === 'capped' ? Math.ceil(8 / host.piece) : 1;
  return calls.length * (options.automaticAttempts + 6 + 2 * pieces) + 4 * faults.length;
}

function wrongForm({ range, init, client }) {
  const headers = new Headers(init.headers);
  const wrong = [];
  if (range && init.cache !== 'no-store')
    wrong.push({ code: 'range-cached', message: `a range of call ${client} without cache: 'no-store'` });
  if (range?.start === 0 && range.end === undefined) wrong.push({ code: 'needless-range', message: `call ${client} asked for bytes=0-` });
  if (headers.has('If-Range')) wrong.push({ code: 'if-range', message: `call ${client} sent If-Range` });
  if (client === null) wrong.push({ code: 'lost-headers', message: 'a request without the headers of its caller' });
  return wrong;
}

function tooSoon({ client, at }, earlier) {
  // A request beside one that is answered late does not follow its answer.
  const last = earlier.findLast((request) => request.client === client && !(request.answeredAt > at));
  if (last?.status !== 429 || at - last.answeredAt >= LEAST_WAIT) return [];
  return [{ code: 'hammering', message: `call ${client} asked again ${at - last.answeredAt} ms after a 429` }];
}

// If one plain request would have worked, the call works, with no more requests.

function harm(run) {
  const calls = run.calls.filter((call) => !call.isLast && isUndisturbed(call, run));
  // A discard in another tab can take bytes that this call reads, and with them the proof that the rest belongs to the file.
  const isDiscarded = ({ error }) => run.wasDiscarded && error?.code === 'changed';
  const failed = calls.filter((call) => call.outcome !== 'ended' && !isDiscarded(call) && plainWorks(call, run));
  const costly = calls.filter(
    (call) =>
      call.outcome === 'ended' &&
      !call.tab.wasPaused &&
      isFirstEnough(call, run) &&
      !isSilent(call, run) &&
      bodyRequestsOf(call, run).length > 1,
  );
  const last = run.calls.filter(({ isLast }) => isLast);
  const neverRecovers = last.length > 0 && last.every(({ outcome }) => outcome !== 'ended') && isListingTrue(run);
  // Over HTTP no body has another length than it was sent with; only a script in between can declare one. Transformers.js
  // fills a buffer of that length, and finds zeros behind the last byte.
  if (isLengthWrong(run)) return [];
  return [
    ...failed.map((call) => ({ code: 'harmful', message: `call ${call.client.id} ${call.outcome}: ${reasonOf(call)}` })),
    ...costly.map((call) => ({
      code: 'costly',
      message: `call ${call.client.id} made more than the one request that a plain fetch makes`,
    })),
    ...(neverRecovers ? [{ code: 'never-recovers', message: `${last.length} calls when all is well: ${reasonOf(last.at(-1))}` }] : []),
  ];
}

function requestsOf({ client }, { network }) {
  return network.requests.filter((request) => request.client === String(client.id));
}

/** The requests of a call without those for the last byte of a file with code, by which its end is confirmed. */
function bodyRequestsOf(call, run) {
  const { host, sizes } = run.scenario;
  const isConfirmation = ({ range }) => host.type === 'application/wasm' && range !== undefined && range.start === sizes[0] - 1;
  return requestsOf(call, run).filter((request) => !isConfirmation(request));
}

function reasonOf({ error, response }) {
  return error ? `${error.name}: ${error.message}` : `status ${response?.status}`;
}

/** Whether the caller wanted the whole, and nothing on the page stopped it. */
function isUndisturbed({ client, tab, outcome }, { scenario }) {
  const isAllowed = !scenario.isPrivate || client.user === 'a';
  // An early request is not repeated before its answer; the reader repeats one whose answer breaks.
  return (
    isAllowed &&
    client.early === undefined &&
    outcome !== 'aborted' &&
    !tab.wasControlled &&
    ['all', 'buffer', 'slow'].includes(client.read)
  );
}

/** A listing that contradicts the server takes precedence. */
function isListingTrue({ scenario }) {
  return scenario.listing.kind !== 'behind' || hasOneVersion({ scenario });
}

function hasOneVersion({ scenario: { sizes, faults } }) {
  return sizes.length === 1 || faults.every(({ advance }) => !advance);
}

/** Whether answers declare a wrong length, or hide that it is the compressed length. */
function isLengthWrong({ scenario: { host } }) {
  const isHidden = host.encoding !== 'none' && host.cors === 'default' && host.type === 'application/octet-stream';
  return host.length === 'large' || host.length === 'small' || host.encoding === 'larger' || isHidden;
}

function isHarmless({ kind, status }) {
  // A busy server refuses every request, and must not receive another one at once.
  if (kind === 'refuse-range' && BUSY.has(status)) return false;
  return HARMLESS.has(kind);
}

/** Whether the server is silent for so long that another request is made. */
function isSilent({ faultsBefore }, { scenario: { host, options } }) {
  const delays = faultsBefore.map(({ kind, delay }) => (kind === 'slow' ? delay : 0));
  return Math.max(host.latency, ...delays) >= options.stallTimeout;
}

/** Whether the first request of a call is plain, and all that is needed. */
function isFirstEnough({ isFirstVisit, isAlone, faultsBefore }, run) {
  return (
    isFirstVisit &&
    isAlone &&
    hasOneVersion(run) &&
    faultsBefore.slice(0, 1).every((fault) => fault.kind === 'refuse-range' || isHarmless(fault))
  );
}

function plainWorks(call, run) {
  const { scenario } = run;
  const { faultsBefore, isFirstVisit, isAlone } = call;
  if (!hasOneVersion(run)) return false;
  if (scenario.store.kind === 'damaged' && !(isFirstVisit && isAlone)) return false;
  // After a pause no header of such a server shows that the rest belongs to the file.
  if (scenario.host.etag === 'changing' && call.tab.wasPaused) return false;
  // The silent connection is closed, so that the browser's cache delivers its part of the code.
  if (scenario.host.etag === 'changing' && scenario.host.type === 'application/wasm' && isSilent(call, run)) return false;
  // The stored bytes of a damaged answer, or of one that ended early in silence, are known to be wrong only after delivery.
  if (scenario.faults.some(({ kind }) => kind === 'damage' || kind === 'silent') && !(isFirstVisit && isAlone)) return false;
  // A pause ends the first request, and silence can, so the rest needs another one.
  return (isFirstEnough(call, run) && !call.tab.wasPaused && !isSilent(call, run)) || faultsBefore.every(isHarmless);
}
