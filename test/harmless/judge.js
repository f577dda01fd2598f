// The first law as rules: wherever plain works, ours works, with no more bytes and two requests more at most. Where plain
// fails and ours works, ours receives at most what plain did and then each file once.

/** Bytes of our own probes and of error texts. */
const TRIFLE = 100;

/** Requests that our side may make in addition. */
const MORE_REQUESTS = 2;

/** @typedef {import('./measure.js').Visit} Visit @typedef {import('./rows/row.js').Row} Row */

/**
 * @param {Row} row
 * @param {Visit[]} plain
 * @param {Visit[]} ours
 * @param {number} whole Bytes of all files of the model and of the runtime's file.
 * @returns {string[]} The broken rules, as texts; empty if there are none.
 */
export function judge(row, plain, ours, whole) {
  return ours.flatMap((visit, index) => {
    const beside = plain[index];
    // Bytes in the sockets' buffers when a connection ended do not count at the visit of the cut.
    const mayLose = index === 0 ? (row.inFlight ?? 0) : 0;
    const wrong = beside ? judgeVisit(row, beside, visit, { mayLose, whole }) : [];
    return wrong.map((words) => `visit ${index + 1}: ${words}`);
  });
}

/**
 * @param {Row} row
 * @param {Visit} plain
 * @param {Visit} ours
 * @param {{ mayLose: number, whole: number }} bytes
 */
function judgeVisit(row, plain, ours, { mayLose, whole }) {
  const wrong = [];
  if (!plain.works && row.plain !== 'may-fail') return [`the row is wrong, for plain fails: ${plain.error}`];
  if (!ours.isSettled) return [`ours has not ended: ${ours.error}`];
  if (!ours.works && (row.ours === undefined || (row.ours === 'as-plain' && plain.works))) return [`ours fails: ${ours.error}`];
  if (row.ours === 'as-plain' && ours.works && !plain.works) wrong.push(`ours works, plain fails: ${plain.error}`);
  wrong.push(...(ours.complaints ?? []));
  for (const server of row.unasked ?? []) if (ours.asked[server] > 0) wrong.push(`ours asked the ${server} ${ours.asked[server]} times`);
  if (!ours.works) return wrong;
  const mostBytes = plain.bytes + (plain.works ? 0 : whole) + TRIFLE + mayLose;
  if (ours.bytes > mostBytes) wrong.push(`ours received ${ours.bytes} bytes, of ${mostBytes} at the most; plain ${plain.bytes}`);
  const tabs = row.tabs ?? 1;
  if (ours.configs > tabs) wrong.push(`ours asked for config.json ${ours.configs} times, plain ${plain.configs}`);
  if (!plain.works) return wrong;
  // A redirect that is followed is part of its request, as the Fetch standard counts.
  const mostRequests = plain.requests - plain.redirects + MORE_REQUESTS * tabs + (row.replaced ?? 0);
  if (ours.requests - ours.redirects > mostRequests) wrong.push(`ours made ${ours.requests} requests, plain ${plain.requests}`);
  return wrong;
}
