/**
 * @typedef {import('./rank.js').Defeat} Defeat
 * @typedef {{ where: (defeat: Defeat) => boolean, why: string }} Exception
 */

/** Accuracy, not calm: what luck can decide. @param {string} column */
const isAccuracy = (column) => /^at |^mean error/.test(column);

/** Why another may be better somewhere. @type {readonly Exception[]} */
const exceptions = [
  {
    where: ({ table, column }) => table.includes('events alone') && column === 's without number',
    why: 'Versions 2 and 3 do not tell which files they will fetch. Without a plan there is no total, and bytes are shown in place of a percentage that would be wrong.',
  },
  {
    where: ({ column }) => column === 'marks without',
    why: 'No time left is told in the first 1.5 s of transfer, in which 10 % of such a short load may come, nor in a stall. The others show a figure there, of which the other columns tell how good it is.',
  },
  {
    where: ({ scenario, column }) => scenario === 'slowly varying' && isAccuracy(column),
    why: 'On a link that becomes ever slower or faster, an estimate from the last moment alone is nearer, as tqdm’s is. The price is a figure that jumps on every link: compare its volatility. An estimate that is too long at first is near where the link becomes slower later.',
  },
  {
    where: ({ scenario, column }) => scenario === 'stalls' && isAccuracy(column),
    why: 'Stalls to come cannot be known. An estimate that is too long before them is nearer to a truth that includes them.',
  },
  {
    where: ({ table, scenario, column }) =>
      table === 'Time left' && scenario === '40-fold' && (isAccuracy(column) || column === 'volatility'),
    why: 'The speed of a link that changes 40-fold every 2 s tells nothing of its next one, and who is nearest at one moment is so by chance. Uppy and Firefox are calmer there, since they move slowly on every link.',
  },
];

/**
 * The measures in which another estimator is better, with the reasons, as a list.
 *
 * @param {readonly Defeat[]} defeats
 */
export function explained(defeats) {
  const lines = exceptions.flatMap(({ where, why }) => {
    const mine = defeats.filter(where);
    return mine.length > 0 ? [`- ${why} (${placesOf(mine).join('; ')})`] : [];
  });
  return lines.length > 0 ? lines.join('\n') : 'Nowhere.';
}

/**
 * The measures in which another estimator is better for no known reason.
 *
 * @param {readonly Defeat[]} defeats
 */
export function unexplained(defeats) {
  const unknown = defeats.filter((defeat) => !exceptions.some(({ where }) => where(defeat)));
  return unknown.map((defeat) => `${nameOf(defeat)}: ${defeat.rival} ${defeat.theirs.toFixed(3)}, ours ${defeat.ours.toFixed(3)}`);
}

/**
 * The columns with what they are of.
 *
 * @param {readonly Defeat[]} defeats
 */
function placesOf(defeats) {
  /** @type {Map<string, Set<string>>} */
  const scenarios = new Map();
  for (const { table, column, scenario } of defeats) {
    const place = `${table}, ${column}`;
    scenarios.set(place, (scenarios.get(place) ?? new Set()).add(scenario));
  }
  return [...scenarios].map(([place, names]) => `${place}: ${[...names].join(', ')}`);
}

/** @param {Defeat} defeat */
function nameOf({ table, scenario, column }) {
  return `${table}, ${scenario}, ${column}`;
}
