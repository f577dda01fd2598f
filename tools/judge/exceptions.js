/**
 * @typedef {import('./rank.js').Defeat} Defeat
 * @typedef {{ where: (defeat: Defeat) => boolean, why: string }} Exception
 */

/** Why another may be better somewhere. @type {readonly Exception[]} */
const exceptions = [
  {
    where: ({ table, column }) => table.includes('events alone') && column === 's without number',
    why: 'Versions 2 and 3 do not tell which files they will fetch. Without a plan there is no total, and bytes are shown in place of a percentage that would be wrong.',
  },
  {
    where: ({ column }) => column === 'marks without',
    why: 'No time left is told in the first 1.5 s of transfer, nor while nothing comes: the others show a figure there, of which the columns before tell how good it is.',
  },
];

/**
 * Where somebody else is better, and why, as a list.
 *
 * @param {readonly Defeat[]} defeats
 */
export function explained(defeats) {
  const lines = exceptions.flatMap(({ where, why }) => {
    const mine = defeats.filter(where);
    return mine.length > 0 ? [`- ${why} (${[...new Set(mine.map(nameOf))].join('; ')})`] : [];
  });
  return lines.length > 0 ? lines.join('\n') : 'Nowhere.';
}

/**
 * Where somebody else is better and nobody knows why.
 *
 * @param {readonly Defeat[]} defeats
 */
export function unexplained(defeats) {
  const unknown = defeats.filter((defeat) => !exceptions.some(({ where }) => where(defeat)));
  return unknown.map((defeat) => `${nameOf(defeat)}: ${defeat.rival} ${defeat.theirs.toFixed(3)}, ours ${defeat.ours.toFixed(3)}`);
}

/** @param {Defeat} defeat */
function nameOf({ table, scenario, column }) {
  return `${table}, ${scenario}, ${column}`;
}
