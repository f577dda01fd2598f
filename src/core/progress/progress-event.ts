import { isRecord, readBytes } from '../json.js';
import type { PlanEntry } from './progress-info.js';
import { PHASES, SHARE_PHASES, type PlanSignal, type ShareSignal, type TransferSignal } from './signals.js';

/** A checked event of Transformers.js' `progress_callback`, or a signal of the package itself. */
export type LoadEvent =
  | { readonly status: 'initiate' | 'download' | 'done'; readonly name: string; readonly file: string }
  | {
      readonly status: 'progress';
      readonly name: string;
      readonly file: string;
      /** Bytes of the file so far, after content decoding. */
      readonly loaded: number;
      /** Bytes of the file as the runtime reports them; `undefined` if they cannot be right. */
      readonly total: number | undefined;
    }
  | {
      readonly status: 'progress_total';
      readonly name: string;
      /** Bytes of all files as the runtime reports them; `undefined` if they cannot be right. */
      readonly total: number | undefined;
      /** The list itself, for {@link readSizes}: it is repeated with each chunk, so that it is read only if needed. */
      readonly files: unknown;
    }
  | { readonly status: 'ready' }
  | PlanSignal
  | ShareSignal
  | TransferSignal;

/** An event about one file. */
export type FileEvent = Exclude<Extract<LoadEvent, { readonly file: string }>, ShareSignal>;

/**
 * Reads an event of a runtime, or a recorded signal. Returns `undefined` for an unknown status, for unusable fields, and if
 * a getter throws: a callback must never throw into the runtime that called it.
 */
export function parseLoadEvent(message: unknown): LoadEvent | undefined {
  try {
    return parse(message);
  } catch {
    return undefined;
  }
}

/** Returns the usable sizes in the list of a `progress_total` event of Transformers.js 4, by file. */
export function readSizes(files: unknown): ReadonlyMap<string, number> {
  try {
    return parseSizes(files);
  } catch {
    return new Map();
  }
}

/** Returns the usable entries of a plan. */
export function readPlan(files: unknown): readonly PlanEntry[] {
  try {
    return parsePlan(files);
  } catch {
    return [];
  }
}

function parse(message: unknown): LoadEvent | undefined {
  if (!isRecord(message)) return undefined;
  const { status } = message;
  const name = typeof message.name === 'string' ? message.name : '';
  if (status === 'ready') return { status };
  if (status === 'progress_total') return { status, name, total: readBytes(message.total), files: message.files };
  if (status === 'plan') return Array.isArray(message.files) ? { status, name, files: message.files } : undefined;
  if (status === 'share') return parseShare(message, name);
  const file = pathOf(message.file);
  if (!file) return undefined;
  switch (status) {
    case 'initiate':
    case 'download':
    case 'done':
      return { status, name, file };
    case 'transfer':
      return parseTransfer(message, name, file);
    case 'progress': {
      const loaded = readBytes(message.loaded);
      if (loaded === undefined) return undefined;
      const total = readBytes(message.total);
      // Transformers.js 3 and 4 sometimes report an unknown total as 0.
      return { status, name, file, loaded, total: total && total >= loaded ? total : undefined };
    }
    default:
      return undefined;
  }
}

function parseTransfer(message: Record<string, unknown>, name: string, file: string): TransferSignal | undefined {
  const loaded = readBytes(message.loaded);
  const stored = readBytes(message.stored);
  const phase = PHASES.find((known) => known === message.phase);
  if (loaded === undefined || stored === undefined || stored > loaded || !phase) return undefined;
  const known = readBytes(message.total);
  const total = known !== undefined && known >= loaded ? known : undefined;
  const totalIsExact = message.totalIsExact !== false;
  return { status: 'transfer', name, file, phase, loaded, stored, total, totalIsExact, isRuntime: message.isRuntime === true };
}

function parseShare({ share, phase, file, run }: Record<string, unknown>, name: string): ShareSignal | undefined {
  const known = SHARE_PHASES.find((one) => one === phase);
  if (!known || typeof share !== 'number' || !(share >= 0 && share <= 1)) return undefined;
  const named = typeof file === 'string' && file !== '' ? file : undefined;
  return { status: 'share', name, file: named, share, phase: known, run: readBytes(run) ?? 0 };
}

function parseSizes(files: unknown): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  if (!isRecord(files)) return sizes;
  for (const [key, amounts] of Object.entries(files)) {
    const file = pathOf(key);
    const size = isRecord(amounts) ? readBytes(amounts.total) : undefined;
    if (file && size !== undefined) sizes.set(file, size);
  }
  return sizes;
}

function parsePlan(files: unknown): readonly PlanEntry[] {
  if (!Array.isArray(files)) return [];
  return (files as unknown[]).flatMap((entry): PlanEntry[] => {
    const file = isRecord(entry) ? pathOf(entry.file) : undefined;
    if (!isRecord(entry) || !file) return [];
    return [{ file, size: readBytes(entry.size), cached: entry.cached === true }];
  });
}

/** Returns the path of a file inside its model, without the slash that an empty `subfolder` leaves; `undefined` if it is no string. */
function pathOf(file: unknown): string | undefined {
  if (typeof file !== 'string') return undefined;
  return file.startsWith('/') ? file.replace(/^\/+/, '') : file;
}
