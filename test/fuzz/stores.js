// Faulty stores for incomplete files.
import { MemoryPartialStore } from 'model-download/transfer';

const OPERATIONS = ['find', 'append', 'read', 'delete'];

/**
 * A store over `inner`, the bytes that a run shares among its tabs.
 *
 * @param options `{ kind, operation, after }`. Kinds: `memory`; `refuses` and `hangs`, from the call number `after` of
 * `operation` (`all` for any) on; `full` after `after` segments; `forgets`: everything is gone before the call number
 * `after`; `slow`: each call takes `after` × 100 ms; `damaged`: the first byte of each segment that is read is wrong.
 */
export function createStore({ kind, operation, after }, inner, clock) {
  if (kind === 'memory') return inner;
  const counts = { all: 0 };
  const isDue = (name) => {
    counts[name] = (counts[name] ?? 0) + 1;
    counts.all += 1;
    return (operation === name || operation === 'all') && counts[operation] > after;
  };
  const disturb = async (name) => {
    const due = isDue(name);
    if (kind === 'slow') await clock.wait(after * 100);
    if (kind === 'forgets' && counts.all === after + 1) await forget(inner);
    if (kind === 'full' && name === 'append' && counts.append > after) throw new DOMException('No room', 'QuotaExceededError');
    if (kind === 'refuses' && due) throw new DOMException('Refused', 'SecurityError');
    if (kind === 'hangs' && due) await new Promise(() => undefined);
  };
  const store = {
    async *read(url, start, end) {
      await disturb('read');
      for await (const bytes of inner.read(url, start, end)) yield kind === 'damaged' ? damage(bytes) : bytes;
    },
    list: () => inner.list(),
  };
  for (const name of OPERATIONS.filter((one) => one !== 'read')) {
    store[name] = async (argument) => {
      await disturb(name);
      return inner[name](argument);
    };
  }
  return store;
}

export function createMemory() {
  return new MemoryPartialStore();
}

async function forget(store) {
  for (const { url } of await store.list()) await store.delete(url);
}

function damage(bytes) {
  const copy = bytes.slice();
  if (copy.length > 0) copy[0] ^= 16;
  return copy;
}
