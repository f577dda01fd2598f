// The first law as rules: wherever plain works, ours works, with no more bytes and two requests more at most.

/** Bytes of our own probes and of error texts. */
const TRIFLE = 100;

/** Requests that our side may make in addition. */
const MORE_REQUESTS = 2;

/** @typedef {import('./measure.js').Visit} Visit @typedef {import('./rows/row.js').Row} Row */

/**
 * @param {Row} row
 * @param {Visit[]} plain
 * @param {Visit[]} ours
 * @returns {string[]} The broken rules, as texts; empty if there are none.
 */
export function judge(row, plain, ours) {
  return ours.flatMap((visit, index) => {
    const beside = plain[index];
    // Bytes in the sockets' buffers when a connection ended do not count at the visit of the cut.
    const mayLose = index === 0 ? (row.inFlight ?? 0) : 0;
    const wrong = beside ? judgeVisit(row, beside, visit, mayLose) : [];
    return wrong.map((words) => `visit ${index + 1}: ${words}`);
  });
}

/**
 * @param {Row} row
 * @param {Visit} plain
 * @param {Visit} ours
 * @param {number} mayLose Bytes.
 */
function judgeVisit(row, plain, ours, mayLose) {
  const wrong = [];
  if (!plain.works && row.plain !== 'may-fail') return [`the row is wrong, for plain fails: ${plain.error}`];
  if (!ours.isSettled) return [`ours has not ended: ${ours.error}`];
  if (!ours.works && (row.ours === undefined || (row.ours === 'as-plain' && plain.works))) return [`ours fails: ${ours.error}`];
  if (row.ours === 'as-plain' && ours.works && !plain.works) wrong.push(`ours works, plain fails: ${plain.error}`);
  wrong.push(...(ours.complaints ?? []));
  for (const server of row.unasked ?? []) if (ours.asked[server] > 0) wrong.push(`ours asked the ${server} ${ours.asked[server]} times`);
  // A load that broke has received less than a file.
  if (!plain.works || !ours.works) return wrong;
  const mostBytes = plain.bytes + TRIFLE + mayLose;
  if (ours.bytes > mostBytes) wrong.push(`ours received ${ours.bytes} bytes, plain ${plain.bytes}`);
  // A redirect that is followed is part of its request, as the Fetch standard counts.
  const mostRequests = plain.requests - plain.redirects + MORE_REQUESTS + (row.replaced ?? 0);
  if (ours.requests - ours.redirects > mostRequests) wrong.push(`ours made ${ours.requests} requests, plain ${plain.requests}`);
  if (ours.configs > Math.max(1, plain.configs)) wrong.push(`ours asked for config.json ${ours.configs} times, plain ${plain.configs}`);
  return wrong;
}
