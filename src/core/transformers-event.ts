import type { PlanSignal } from './plan-signal.js';
import type { PlanEntry } from './progress-info.js';
import { SHARE_PHASES, type ShareSignal } from './share-signal.js';
import { PHASES, type TransferSignal } from './transfer-signal.js';

/** An event of Transformers.js' `progress_callback`, reduced to what can be trusted. */
export type TransformersEvent =
  | { readonly status: 'initiate' | 'download' | 'done'; readonly name: string; readonly file: string }
  | {
      readonly status: 'progress';
      readonly name: string;
      readonly file: string;
      /** Bytes of the file so far, after content decoding. */
      readonly loaded: number;
      /** Bytes of the file as the runtime says; `undefined` when it cannot be so. */
      readonly total: number | undefined;
    }
  | {
      readonly status: 'progress_total';
      readonly name: string;
      /** File → bytes, of every file whose size is a usable number. */
      readonly sizes: ReadonlyMap<string, number>;
    }
  | { readonly status: 'ready' }
  | PlanSignal
  | ShareSignal
  | (TransferSignal & { readonly status: 'transfer' });

/**
 * Reads what a runtime, or the transfer layer, said. Anything else than the known statuses with usable fields reads as
 * `undefined`: a callback must never throw into the runtime that called it.
 */
export function parseTransformersEvent(message: unknown): TransformersEvent | undefined {
  if (!isRecord(message)) return undefined;
  const { status } = message;
  const name = typeof message.name === 'string' ? message.name : '';
  if (status === 'ready') return { status };
  if (status === 'progress_total') return { status, name, sizes: readSizes(message.files) };
  if (status === 'plan') return readPlan(message.files, name);
  if (status === 'share') return readShare(message, name);
  if (typeof message.file !== 'string' || message.file === '') return undefined;
  // An empty `subfolder` leaves its slash.
  const file = message.file.replace(/^\/+/, '');
  switch (status) {
    case 'initiate':
    case 'download':
    case 'done':
      return { status, name, file };
    case 'transfer':
      return readSignal(message, name, file);
    case 'progress': {
      const loaded = readBytes(message.loaded);
      if (loaded === undefined) return undefined;
      const total = readBytes(message.total);
      // Some paths of versions 3 and 4 write an unknown total as 0.
      return { status, name, file, loaded, total: total && total >= loaded ? total : undefined };
    }
    default:
      return undefined;
  }
}

/** A count of bytes, or `undefined` for anything that cannot be one. */
export function readBytes(value: unknown): number | undefined {
  const usable = typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
  return usable ? value : undefined;
}

function readSignal(message: Record<string, unknown>, name: string, file: string): TransferSignal | undefined {
  const loaded = readBytes(message.loaded);
  const stored = readBytes(message.stored);
  const phase = PHASES.find((known) => known === message.phase);
  if (loaded === undefined || stored === undefined || stored > loaded || !phase) return undefined;
  const total = readBytes(message.total);
  return { status: 'transfer', name, file, phase, loaded, stored, total: total !== undefined && total >= loaded ? total : undefined };
}

function readShare({ share, phase, file, run }: Record<string, unknown>, name: string): ShareSignal | undefined {
  const known = SHARE_PHASES.find((one) => one === phase);
  if (!known || typeof share !== 'number' || !(share >= 0 && share <= 1)) return undefined;
  const named = typeof file === 'string' && file !== '' ? file : undefined;
  return { status: 'share', name, file: named, share, phase: known, run: readBytes(run) ?? 0 };
}

function readSizes(files: unknown): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  if (!isRecord(files)) return sizes;
  for (const [file, amounts] of Object.entries(files)) {
    const size = isRecord(amounts) ? readBytes(amounts.total) : undefined;
    if (size !== undefined) sizes.set(file, size);
  }
  return sizes;
}

function readPlan(files: unknown, name: string): PlanSignal | undefined {
  if (!Array.isArray(files)) return undefined;
  const entries = (files as unknown[]).flatMap((entry): PlanEntry[] => {
    if (!isRecord(entry) || typeof entry.file !== 'string' || entry.file === '') return [];
    return [{ file: entry.file, size: readBytes(entry.size), cached: entry.cached === true }];
  });
  return { status: 'plan', name, files: entries };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
