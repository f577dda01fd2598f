/**
 * @typedef {import('./rank.js').Defeat} Defeat
 * @typedef {{ where: (defeat: Defeat) => boolean, why: string }} Exception
 */

/** Whether a column measures accuracy, which can depend on chance, and not stability. @param {string} column */
const isAccuracy = (column) => /^at |^mean error/.test(column);

/** The known reasons why another estimator can be better. @type {readonly Exception[]} */
const exceptions = [
  {
    where: ({ table, column }) => table.includes('events alone') && column === 's without number',
    why: 'Versions 2 and 3 do not report which files they will request. Without a plan there is no total, so the tags show bytes instead of a wrong percentage.',
  },
  {
    where: ({ column }) => column === 'marks without',
    why: 'No time left is shown in the first 1.5 s of transfer, in which a short load can receive 10 % of its bytes, or during a stall. The others show a figure then; the other columns measure its accuracy.',
  },
  {
    where: ({ scenario, column }) => scenario === 'slowly varying' && isAccuracy(column),
    why: 'On a link that becomes steadily slower or faster, an estimate from the last moment alone is more accurate, like tqdm’s. Its figure jumps on every link: compare its volatility. An estimate that is too long at first is accurate if the link becomes slower later.',
  },
  {
    where: ({ scenario, column }) => scenario === 'stalls' && isAccuracy(column),
    why: 'Future stalls cannot be known. The true time left includes them, so an estimate that is too long before a stall is more accurate.',
  },
  {
    where: ({ table, scenario, column }) =>
      table === 'Time left' && scenario === '40-fold' && (isAccuracy(column) || column === 'volatility'),
    why: 'The speed of a link that changes 40-fold every 2 s does not predict its next speed, so the most accurate estimate at one moment is chance. Uppy and Firefox are calmer there, because they change slowly on every link.',
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
 * The columns, each with its table and scenarios.
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
