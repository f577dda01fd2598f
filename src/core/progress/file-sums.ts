import type { FileProgress } from './file-progress.js';

/**
 * A file of no more bytes than this tells how far away a server is, not how fast a link: Chromium's
 * estimate of a network's quality leaves such files out, too.
 */
const BRIEF = 32_000;

/** How a load sees one of its files. */
export interface FileRole {
  /** Whether a plan, or the transfer layer, has announced the file with its size. */
  readonly isPlanned: boolean;
  /** Whether its bytes are part of the total. */
  readonly isCounted: boolean;
  /** Whether it takes most of the time: the weights, not the small JSON files beside them. */
  readonly isWeights: boolean;
}

/** Sums over the files of a load. They are kept up to date with each event, at the same cost for any number of files. */
export class FileSums {
  /** Bytes that are here. */
  loaded = 0;
  /** How many of these came from this device. */
  fromDevice = 0;
  /** Bytes that are on this device and still to be read. */
  leftOnDevice = 0;
  /** Bytes of all files whose size is known. */
  size = 0;
  /** Files whose size is not known. */
  unsized = 0;
  /** Files that are not planned, or whose size is not exact. */
  inexact = 0;
  /** Files between their headers and their last byte. */
  transferring = 0;
  /** Files that the transfer layer has asked for and that are not here. */
  awaited = 0;
  /** Planned files that are not here. */
  due = 0;
  /** Files of weights. */
  weights = 0;
  /** Files of weights that are not here. */
  weightsLeft = 0;
  /** Files whose bytes come from the network at the moment and tell how fast the link is. */
  metered = 0;
  /** Files that are here. */
  done = 0;

  /** Puts `next` in the place of `part`, which one file has added. */
  replace(part: FileSums, next: FileSums): void {
    this.loaded += next.loaded - part.loaded;
    this.fromDevice += next.fromDevice - part.fromDevice;
    this.leftOnDevice += next.leftOnDevice - part.leftOnDevice;
    this.size += next.size - part.size;
    this.unsized += next.unsized - part.unsized;
    this.inexact += next.inexact - part.inexact;
    this.transferring += next.transferring - part.transferring;
    this.awaited += next.awaited - part.awaited;
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
  // Asked for but without an answer and unplanned: an optional file that does not exist looks like this until the end.
  const isSized = isCounted && (isPlanned || phase !== 'initiated');
  part.loaded = isCounted ? loaded : 0;
  part.fromDevice = isCounted ? file.bytesFromDevice : 0;
  part.leftOnDevice = isCounted && size !== undefined && file.cached ? size - loaded : 0;
  part.size = isSized ? (size ?? 0) : 0;
  part.unsized = isSized && size === undefined ? 1 : 0;
  part.inexact = isCounted && !(isPlanned && file.isExact(size)) ? 1 : 0;
  part.transferring = isCounted && phase === 'download' ? 1 : 0;
  part.awaited = isCounted && file.isAwaited ? 1 : 0;
  part.due = isPlanned && !isHere ? 1 : 0;
  part.weights = isWeights ? 1 : 0;
  part.weightsLeft = isWeights && !isHere ? 1 : 0;
  part.metered = file.isReceiving && !isBrief(size) ? 1 : 0;
  part.done = isHere ? 1 : 0;
}

/** Whether a file of this size tells nothing about the speed of a link. */
export function isBrief(size: number | undefined): boolean {
  return size !== undefined && size <= BRIEF;
}
