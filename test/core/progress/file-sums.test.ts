import { expect } from 'chai';
import type { TransferSignal } from 'model-download/core';
import { FileProgress } from '#dist/core/progress/file-progress.js';
import { FileSums, fillPart, isBrief, type FileRole } from '#dist/core/progress/file-sums.js';

const PLANNED: FileRole = { isPlanned: true, isCounted: true, isWeights: false };
const UNPLANNED: FileRole = { ...PLANNED, isPlanned: false };
const WEIGHTS: FileRole = { ...PLANNED, isWeights: true };
const UNCOUNTED: FileRole = { isPlanned: false, isCounted: false, isWeights: false };

const SIZE = 100_000;

/** The sums of one file. */
function partOf(file: FileProgress, role: FileRole): FileSums {
  const part = new FileSums();
  fillPart(part, file, role);
  return part;
}

/** A file of 100,000 bytes, after `act`. */
function fileAfter(
  act: (file: FileProgress) => void = () => undefined,
  planned: number | undefined = SIZE,
  cached = false,
  hasTransfer = false,
) {
  const file = new FileProgress('model.onnx', planned, cached, hasTransfer);
  act(file);
  return file;
}

const transfer = (phase: TransferSignal['phase'], loaded: number, stored = 0): TransferSignal => ({
  status: 'transfer',
  name: 'm',
  file: 'model.onnx',
  phase,
  loaded,
  stored,
  total: SIZE,
});

/** The fields of `part` that are not 0. */
const set = (part: FileSums): Record<string, number> => Object.fromEntries(Object.entries(part).filter(([, value]) => value !== 0));

describe('fillPart', () => {
  it('counts a planned file that was not requested as due', () => {
    expect(set(partOf(fileAfter(), PLANNED))).to.deep.equal({ size: SIZE, due: 1 });
  });

  it('counts a planned file without a size as unsized and inexact', () => {
    const file = new FileProgress('a.json');
    expect(set(partOf(file, PLANNED))).to.deep.equal({ unsized: 1, inexact: 1, due: 1 });
  });

  it('counts the bytes of a file that arrives, and measures the speed by it', () => {
    const file = fileAfter((one) => one.progress(40_000, SIZE));
    expect(set(partOf(file, PLANNED))).to.deep.equal({ loaded: 40_000, size: SIZE, transferring: 1, due: 1, metered: 1 });
  });

  it('does not measure the speed by a small file, whose size is known', () => {
    expect(
      partOf(
        fileAfter((one) => one.progress(10_000, 32_000), 32_000),
        PLANNED,
      ).metered,
    ).to.equal(0);
    expect(
      partOf(
        fileAfter((one) => one.progress(10_000, 32_001), 32_001),
        PLANNED,
      ).metered,
    ).to.equal(1);
    const unknown = new FileProgress('a.json');
    unknown.download();
    expect(partOf(unknown, PLANNED).metered).to.equal(1);
  });

  it('counts a file that is here as done, and no more as due', () => {
    const file = fileAfter((one) => one.done());
    expect(set(partOf(file, PLANNED))).to.deep.equal({ loaded: SIZE, size: SIZE, done: 1 });
  });

  it('counts weights until they are here', () => {
    expect(partOf(fileAfter(), WEIGHTS)).to.include({ weights: 1, weightsLeft: 1 });
    expect(
      partOf(
        fileAfter((one) => one.done()),
        WEIGHTS,
      ),
    ).to.include({ weights: 1, weightsLeft: 0 });
    expect(partOf(fileAfter(), PLANNED)).to.include({ weights: 0, weightsLeft: 0 });
  });

  it('counts the bytes of this device apart, and those that are still to be read', () => {
    const file = fileAfter((one) => one.progress(30_000, SIZE), SIZE, true);
    expect(set(partOf(file, PLANNED))).to.deep.equal({
      loaded: 30_000,
      fromDevice: 30_000,
      leftOnDevice: 70_000,
      size: SIZE,
      transferring: 1,
      due: 1,
    });
  });

  it('has no bytes left on this device for a file without a size, or from the network', () => {
    const unsized = new FileProgress('a.json', undefined, true);
    expect(partOf(unsized, PLANNED).leftOnDevice).to.equal(0);
    expect(
      partOf(
        fileAfter((one) => one.progress(1, SIZE)),
        PLANNED,
      ).leftOnDevice,
    ).to.equal(0);
  });

  it('counts the stored bytes of a transfer as from this device', () => {
    const file = fileAfter((one) => one.transfer(transfer('receiving', 50_000, 20_000)), SIZE, false, true);
    expect(partOf(file, PLANNED)).to.include({ loaded: 50_000, fromDevice: 20_000, leftOnDevice: 0, metered: 1 });
  });

  it('counts a file that the transfer layer waits for as awaited, and measures no speed by it', () => {
    const file = fileAfter((one) => one.transfer(transfer('waiting', 0)), SIZE, false, true);
    expect(set(partOf(file, PLANNED))).to.deep.equal({ size: SIZE, awaited: 1, due: 1 });
  });

  it('leaves the size of an unplanned file that was only requested out: the server may not have it', () => {
    const file = new FileProgress('a.json');
    file.initiate();
    expect(set(partOf(file, UNPLANNED))).to.deep.equal({ inexact: 1 });
    file.download();
    expect(set(partOf(file, UNPLANNED))).to.deep.equal({ unsized: 1, inexact: 1, transferring: 1, metered: 1 });
  });

  it('is inexact for an unplanned file, though its size is exact', () => {
    expect(
      partOf(
        fileAfter((one) => one.done()),
        UNPLANNED,
      ),
    ).to.include({ inexact: 1, done: 1, due: 0 });
  });

  it('counts of an uncounted file only whether it is here or awaited, and its speed', () => {
    const file = fileAfter((one) => one.progress(40_000, SIZE));
    expect(set(partOf(file, UNCOUNTED))).to.deep.equal({ metered: 1 });
    file.done();
    expect(set(partOf(file, UNCOUNTED))).to.deep.equal({ done: 1 });
    const awaited = fileAfter((one) => one.transfer(transfer('receiving', 20_000, 10_000)), SIZE, false, true);
    expect(set(partOf(awaited, UNCOUNTED))).to.deep.equal({ uncounted: 1, metered: 1 });
  });

  it('overwrites what the part had before', () => {
    const part = partOf(
      fileAfter((one) => one.progress(40_000, SIZE)),
      WEIGHTS,
    );
    fillPart(part, fileAfter(), UNCOUNTED);
    expect(set(part)).to.deep.equal({});
  });
});

describe('FileSums.replace', () => {
  const numbered = (factor: number): FileSums => {
    const sums = new FileSums();
    Object.keys(sums).forEach((key, index) => (sums[key as 'loaded'] = (index + 1) * factor));
    return sums;
  };

  it('adds the new part of a file and removes its old one, in every sum', () => {
    const sums = numbered(100);
    sums.replace(numbered(1), numbered(3));
    expect(sums).to.deep.equal(numbered(102));
  });

  it('leaves both parts as they are', () => {
    const [part, next] = [numbered(1), numbered(2)];
    new FileSums().replace(part, next);
    expect([part, next]).to.deep.equal([numbered(1), numbered(2)]);
  });
});

describe('isBrief', () => {
  it('holds for sizes up to 32,000 bytes, and not for an unknown one', () => {
    expect([0, 32_000, 32_001, undefined].map(isBrief)).to.deep.equal([true, true, false, false]);
  });
});
