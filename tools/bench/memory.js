import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

const interval = 50;

/** Whether memory can be measured here: only Linux reports it for each process as files. */
export const isMeasurable = existsSync('/proc/self/smaps_rollup');

/**
 * The highest increase of the memory of this process's descendants, the browser's processes, during `act`.
 *
 * @param {() => Promise<unknown>} act
 * @returns {Promise<number>} Bytes above those before.
 */
export async function peakDuring(act) {
  const before = await browserMemory();
  let peak = before;
  let isOver = false;
  const acting = act().finally(() => (isOver = true));
  while (!isOver) {
    peak = Math.max(peak, await browserMemory());
    await delay(interval);
  }
  await acting;
  return peak - before;
}

/** The memory of all descendants; shared pages count once. */
async function browserMemory() {
  const sizes = await Promise.all((await descendants()).map(heldBy));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/**
 * Mapped files do not count: when another browser on the machine ends, its share of their common code is added to this one.
 *
 * @param {string} pid
 */
async function heldBy(pid) {
  // A process can end while its files are read.
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const [anonymous, shared] = [/^Pss_Anon:\s+(\d+) kB$/m, /^Pss_Shmem:\s+(\d+) kB$/m].map((line) => Number(line.exec(text)?.[1] ?? 0));
  return (anonymous + shared) * 1024;
}

/** @returns {Promise<string[]>} */
async function descendants() {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = await Promise.all(pids.map(parentOf));
  const found = [String(process.pid)];
  for (const pid of found) found.push(...pids.filter((_, index) => parents[index] === pid));
  return found.slice(1);
}

/** @param {string} pid */
async function parentOf(pid) {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The command's name, in brackets, can contain any character.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[1];
}
