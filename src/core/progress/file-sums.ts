import type { FileProgress } from './file-progress.js';

/**
 * The largest size of a file, in bytes, whose download takes mostly the time of the latency, so that it does not measure the
 * bandwidth. Chromium's estimate of the network quality ignores such files, too.
 */
const BRIEF = 32_000;

/** The role of a file in its load. */
export interface FileRole {
  /** Whether a plan, or the transfer layer, has announced the file with its size. */
  readonly isPlanned: boolean;
  /** Whether its bytes are part of the total. */
  readonly isCounted: boolean;
  /** Whether it takes most of the time: the weights, not the small JSON files beside them. */
  readonly isWeights: boolean;
}

/** Sums over the files of a load. An event updates them at the same cost for any number of files. */
export class FileSums {
  /** Bytes that have arrived. */
  loaded = 0;
  /** How many of these came from this device. */
  fromDevice = 0;
  /** Bytes on this device that are not read yet. */
  leftOnDevice = 0;
  /** Bytes of all files whose size is known. */
  size = 0;
  /** Files whose size is not known. */
  unsized = 0;
  /** Files that are not planned, or whose size is not exact. */
  inexact = 0;
  /** Files between their headers and their last byte. */
  transferring = 0;
  /** Files that the transfer layer has requested and that are not complete. */
  awaited = 0;
  /** Files that are awaited, and whose bytes are not part of the total. */
  uncounted = 0;
  /** Planned files that are not complete. */
  due = 0;
  /** Files of weights. */
  weights = 0;
  /** Files of weights that are not complete. */
  weightsLeft = 0;
  /** Files that receive bytes from the network and are large enough to measure its speed. */
  metered = 0;
  /** Files that are complete. */
  done = 0;

  /** Replaces `part`, which one file has added, by `next`. */
  replace(part: FileSums, next: FileSums): void {
    this.loaded += next.loaded - part.loaded;
    this.fromDevice += next.fromDevice - part.fromDevice;
    this.leftOnDevice += next.leftOnDevice - part.leftOnDevice;
    this.size += next.size - part.size;
    this.unsized += next.unsized - part.unsized;
    this.inexact += next.inexact - part.inexact;
    this.transferring += next.transferring - part.transferring;
    this.awaited += next.awaited - part.awaited;
    this.uncounted += next.uncounted - part.uncounted;
    this.due += next.due - part.due;
    this.weights += next.weights - part.weights;
    this.weightsLeft += next.weightsLeft - part.weightsLeft;
    this.metered += next.metered - part.metered;
    this.done += next.done - part.done;
  }
}

/** Writes into `part` what one file adds to the sums. */
export function fillPart(part: FileSums, file: FileProgress, { isPlanned, isCounted, isWeights }: FileRole): void {
  const { phase, size, loaded } = file;
  const isHere = phase === 'done';
  // An unplanned file without a response may be an optional one that does not exist.
  const isSized = isCounted && (isPlanned || phase !== 'initiated');
  part.loaded = isCounted ? loaded : 0;
  part.fromDevice = isCounted ? file.bytesFromDevice : 0;
  part.leftOnDevice = isCounted && size !== undefined && file.cached ? size - loaded : 0;
  part.size = isSized ? (size ?? 0) : 0;
  part.unsized = isSized && size === undefined ? 1 : 0;
  part.inexact = isCounted && !(isPlanned && file.isExact(size)) ? 1 : 0;
  part.transferring = isCounted && phase === 'download' ? 1 : 0;
  part.awaited = isCounted && file.isAwaited ? 1 : 0;
  part.uncounted = !isCounted && file.isAwaited ? 1 : 0;
  part.due = isPlanned && !isHere ? 1 : 0;
  part.weights = isWeights ? 1 : 0;
  part.weightsLeft = isWeights && !isHere ? 1 : 0;
  part.metered = file.isReceiving && !isBrief(size) ? 1 : 0;
  part.done = isHere ? 1 : 0;
}

/** Whether a file of this size is too small to measure the speed of a link. */
export function isBrief(size: number | undefined): boolean {
  return size !== undefined && size <= BRIEF;
}
