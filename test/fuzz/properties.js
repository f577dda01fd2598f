// What must hold of every run, whatever was drawn.
import { isEqual } from './file-versions.js';

/** Time in which a call has to end after its caller stopped it, in ms. */
const PROMPT = 1_000;

/** The least time between an answer with 429 and the next request of the same caller, in ms. */
const LEAST_WAIT = 900;

/** Faults that do not harm a caller who makes one plain request. */
const HARMLESS = new Set(['none', 'slow', 'refuse-range', 'other-start', 'hide-range']);

/** Listings that know the hash of the file as it is now, when they are asked anew. */
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
    if (response.status !== 200) return [{ code: 'wrong-status', message: `call ${client.id} got status ${response.status}` }];
    if (isAcceptable(body, run)) return [];
    return [{ code: 'wrong-body', message: `call ${client.id}: ${explain(body, run)}` }];
  });
}

function isAcceptable(body, run) {
  const { versions, damaged } = run.server;
  if (versions.some((version) => isEqual(body, version))) return true;
  if (isHashDue(run)) return false;
  // Without a hash nothing tells a damaged byte, wherever it was damaged.
  const isStoreDamaged = run.scenario.store.kind === 'damaged';
  if (isStoreDamaged && versions.some(({ length }) => length === body.length)) return true;
  if (damaged.size > 0 && versions.some((version) => isEqual(body, version, damaged))) return true;
  return run.network.requests.some((request) => isPlainBody(request, body, run));
}

/** Whether a plain `fetch` that got this answer would have given the same, and nothing could have told that it is wrong. */
function isPlainBody(request, body, { scenario, server }) {
  const { status, isComplete, answer } = request;
  if (status !== 200 || !isComplete || answer.isPage) return false;
  const { kind } = scenario.listing;
  const isSizeKnown = scenario.sizes.length === 1 && (TRUE_LISTINGS.has(kind) || kind === 'size-only' || kind === 'behind');
  if (isSizeKnown && request.sent < server.size) return false;
  return !(toldLength(request, scenario) > request.sent) && isEqual(request.bytes, body);
}

/** The length of the file as far as an answer tells it, where it may be believed. */
function toldLength({ answer }, { host }) {
  const mayBeEncoded = answer.isEncoded || (host.cors !== 'same-origin' && host.type !== 'application/octet-stream');
  return mayBeEncoded ? NaN : Number(answer.headers['Content-Length'] ?? NaN);
}

/** Whether the hash of the file is known, and compared by default. */
function isHashDue({ scenario }) {
  const { listing, options } = scenario;
  return TRUE_LISTINGS.has(listing.kind) && (options.verify === undefined || options.verify === 'always');
}

/** Says of what a wrong body is made. */
function explain(body, { server }) {
  const runs = [];
  for (let at = 0; at < body.length; at++) {
    const version = server.versions.findIndex((bytes) => bytes[at] === body[at] && at < bytes.length);
    const last = runs.at(-1);
    if (last?.version === version) last.end = at + 1;
    else runs.push({ version, start: at, end: at + 1 });
  }
  const parts = runs.slice(0, 4).map(({ version, start, end }) => `${start}–${end - 1} of ${version < 0 ? 'nothing' : `version ${version}`}`);
  return `${body.length} bytes: ${parts.join(', ')}${runs.length > 4 ? ', …' : ''}; versions have ${server.versions.map(({ length }) => length).join(', ')}`;
}

// A call ends soon after its caller has stopped it.

function lateEnds({ calls }) {
  return calls.flatMap(({ client, stoppedAt, settledAt, answeredAt }) => {
    if (stoppedAt === undefined || !(settledAt - stoppedAt > PROMPT)) return [];
    // A caller who waits for something else does not notice.
    if (answeredAt !== undefined && (client.waits || client.read === 'never' || client.read === 'slow')) return [];
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

/** Pieces that a capped server gives, and some attempts at each, for every call. */
function mostRequests({ scenario, calls }) {
  const { host, faults, options } = scenario;
  const pieces = host.ranges === 'capped' ? Math.ceil(8 / host.piece) : 1;
  return calls.length * (options.automaticAttempts + 6 + 2 * pieces) + 4 * faults.length;
}

function wrongForm({ range, init, client }) {
  const headers = new Headers(init.headers);
  const wrong = [];
  if (range && init.cache !== 'no-store') wrong.push({ code: 'range-cached', message: `a range of call ${client} without cache: 'no-store'` });
  if (range?.start === 0 && range.end === undefined) wrong.push({ code: 'needless-range', message: `call ${client} asked for bytes=0-` });
  if (headers.has('If-Range')) wrong.push({ code: 'if-range', message: `call ${client} sent If-Range` });
  if (client === null) wrong.push({ code: 'lost-headers', message: 'a request without the headers of its caller' });
  return wrong;
}

function tooSoon({ client, at }, earlier) {
  const last = earlier.findLast((request) => request.client === client);
  if (last?.status !== 429 || at - last.answeredAt >= LEAST_WAIT) return [];
  return [{ code: 'hammering', message: `call ${client} asked again ${at - last.answeredAt} ms after a 429` }];
}

// Where one plain request would have worked, the call works.

function harm(run) {
  const last = run.calls.filter(({ isLast }) => isLast);
  const failed = run.calls.filter((call) => !call.isLast && call.outcome !== 'ended' && isUndisturbed(call, run) && plainWorks(call, run));
  return [
    ...failed.map((call) => ({ code: 'harmful', message: `call ${call.client.id} ${call.outcome}: ${reasonOf(call)}` })),
    ...(last.length > 0 && last.every(({ outcome }) => outcome !== 'ended') && isListingTrue(run)
      ? [{ code: 'never-recovers', message: `${last.length} calls when all is well: ${reasonOf(last.at(-1))}` }]
      : []),
  ];
}

function reasonOf({ error, response }) {
  return error ? `${error.name}: ${error.message}` : `status ${response?.status}`;
}

/** Whether the caller wanted the whole, and nothing on the page stopped it. */
function isUndisturbed({ client, tab, outcome }) {
  return outcome !== 'aborted' && !tab.wasControlled && ['all', 'buffer', 'slow'].includes(client.read);
}

/** A listing that says something else than the server is believed. */
function isListingTrue({ scenario }) {
  return scenario.listing.kind !== 'behind' || scenario.faults.every(({ advance }) => !advance);
}

function plainWorks(call, run) {
  const { scenario } = run;
  const { faultsBefore, isFirstVisit, isAlone } = call;
  const isQuiet = faultsBefore.every(({ kind, advance }) => HARMLESS.has(kind) && !advance);
  // The first request of a first visit is plain, and all that is needed.
  const isFirstEnough = isFirstVisit && isAlone && faultsBefore.slice(0, 1).every(({ kind }) => HARMLESS.has(kind)) && scenario.host.length !== 'large';
  const hasOneVersion = scenario.faults.every(({ advance }) => !advance);
  if (!hasOneVersion || (scenario.store.kind === 'damaged' && !isFirstVisit)) return false;
  return isQuiet || (isFirstEnough && hasOneVersion);
}
