import { expect } from 'chai';
import { SpeedMeter } from '#dist/core/internal.js';

const KB = 1_000;

/** Adds `bytes` to a meter each `step` ms for `duration` ms, from `start` on, and returns the time at the end. */
function feed(meter: SpeedMeter, bytes: number, duration: number, start = 0, step = 1_000): number {
  for (let now = start + step; now <= start + duration; now += step) meter.add(bytes, now);
  return start + duration;
}

function started(): SpeedMeter {
  const meter = new SpeedMeter();
  meter.start(0);
  return meter;
}

describe('SpeedMeter', () => {
  it('has no value before the first sample', () => {
    const meter = new SpeedMeter();
    expect(meter.bytesPerSecond(0)).to.equal(undefined);
    meter.start(0);
    expect(meter.bytesPerSecond(100)).to.equal(undefined);
  });

  it('reads a steady transfer exactly, from its first second', () => {
    for (const seconds of [1, 2, 30, 300]) {
      const meter = started();
      const now = feed(meter, 100 * KB, seconds * 1_000);
      expect(meter.bytesPerSecond(now), `${seconds} s`).to.be.closeTo(100 * KB, 1e-6);
    }
  });

  it('ignores bytes whose transfer has no known start', () => {
    const meter = new SpeedMeter();
    meter.add(900 * KB, 0);
    feed(meter, 100 * KB, 3_000);
    expect(meter.bytesPerSecond(3_000)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('weights a sample by its duration, not by its number of chunks', () => {
    const bursts = started();
    for (let second = 0; second < 10; second++) {
      for (let chunk = 0; chunk < 50; chunk++) bursts.add(2 * KB, second * 1_000 + chunk);
      bursts.add(0, (second + 1) * 1_000);
    }
    expect(bursts.bytesPerSecond(10_000)).to.be.closeTo(100 * KB, 5 * KB);
  });

  it('gives the last 15 s nine tenths of the weight', () => {
    const meter = started();
    const before = feed(meter, 0, 120_000);
    const now = feed(meter, 100 * KB, 15_000, before);
    expect(meter.bytesPerSecond(now)).to.be.closeTo(90 * KB, 1 * KB);
  });

  it('falls while nothing arrives', () => {
    const meter = started();
    const now = feed(meter, 100 * KB, 10_000);
    const speeds = [0, 1_000, 5_000, 15_000].map((silence) => meter.bytesPerSecond(now + silence) ?? NaN);
    expect(speeds).to.deep.equal([...speeds].sort((a, b) => b - a));
    expect(speeds.at(-1)).to.be.below(15 * KB);
  });

  it('does not count time in which nothing is transferred', () => {
    const meter = started();
    const pause = feed(meter, 100 * KB, 5_000);
    meter.stop(pause);
    meter.start(pause + 600_000);
    const now = feed(meter, 100 * KB, 5_000, pause + 600_000);
    expect(meter.bytesPerSecond(now)).to.be.closeTo(100 * KB, 1e-6);
    expect(meter.transferTime(now)).to.equal(10_000);
  });

  it('counts the bytes of a transfer shorter than a sample', () => {
    const meter = started();
    meter.add(10 * KB, 100);
    meter.stop(100);
    expect(meter.bytesPerSecond(100)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('excludes a chunk that had waited behind the headers', () => {
    const meter = started();
    meter.add(50 * KB, 1);
    for (let now = 101; now <= 2_001; now += 100) meter.add(10 * KB, now);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('keeps its pace while nothing arrives', () => {
    const meter = started();
    feed(meter, 10 * KB, 10_000, 0, 100);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
    expect(meter.bytesPerSecond(14_000)).to.be.below(80 * KB);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('does not count a stall, in which nothing arrives for much longer than before', () => {
    const meter = started();
    const stall = feed(meter, 10 * KB, 10_000, 0, 100);
    const now = feed(meter, 10 * KB, 3_000, stall + 8_000, 100);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
    expect(meter.bytesPerSecond(now)).to.be.closeTo(100 * KB, 1e-6);
    expect(meter.transferTime(now)).to.be.closeTo(13_000, 200);
  });

  it('counts stalls in the end on a link that stalls again and again', () => {
    const meter = started();
    let now = 0;
    for (let round = 0; round < 10; round++) now = feed(meter, 10 * KB, 500, now + 2_000, 100);
    expect(meter.pace(30_000)).to.be.below(50 * KB);
  });

  it('covers the requested span', () => {
    const meter = started();
    const slow = feed(meter, 100 * KB, 60_000);
    feed(meter, 200 * KB, 3_000, slow);
    expect(meter.pace(3_000)).to.be.closeTo(190 * KB, 1 * KB);
    expect(meter.pace(60_000)).to.be.below(120 * KB);
  });

  it('has no samples after a reset', () => {
    const meter = started();
    feed(meter, 100 * KB, 5_000);
    meter.reset();
    expect(meter.bytesPerSecond(5_000)).to.equal(undefined);
    expect(meter.transferTime(5_000)).to.equal(0);
  });
});
