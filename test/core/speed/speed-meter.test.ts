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

  it('weighs a sample by its length and its age', () => {
    const meter = started();
    meter.add(200 * KB, 2_000);
    meter.add(200 * KB, 3_000);
    // The last 15 s have 90 % of the weight: 10 ** (-age / 15 s) is the weight of all that is older.
    const older = (age: number): number => 10 ** (-age / 15_000);
    const [last, first] = [1 - older(1_000), older(1_000) - older(3_000)];
    expect(meter.pace(15_000)).to.be.closeTo((200 * KB * last + 100 * KB * first) / (last + first), 1e-6);
  });

  it('has a speed from the 250th millisecond on, and not before', () => {
    const meter = started();
    meter.add(10 * KB, 125);
    expect(meter.bytesPerSecond(249)).to.equal(undefined);
    expect(meter.bytesPerSecond(250)).to.be.closeTo(40 * KB, 1e-6);
    expect(meter.pace(15_000)).to.equal(undefined);
    meter.add(10 * KB, 250);
    expect(meter.pace(15_000)).to.be.closeTo(80 * KB, 1e-6);
  });

  it('counts all chunks of one millisecond', () => {
    const meter = started();
    for (let chunk = 0; chunk < 10; chunk++) meter.add(KB, 500);
    meter.add(0, 1_000);
    expect(meter.transferTime(1_000)).to.equal(1_000);
    expect(meter.pace(15_000)).to.be.closeTo(10 * KB, 0.5 * KB);
  });

  it('ignores a second start, and a stop without a start', () => {
    const meter = started();
    meter.start(900);
    meter.add(100 * KB, 1_000);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
    const idle = new SpeedMeter();
    idle.stop(5_000);
    expect(idle.transferTime(9_000)).to.equal(0);
    expect(idle.pace(15_000)).to.equal(undefined);
  });

  it('adds no sample for a transfer that ends as it starts', () => {
    const meter = started();
    meter.stop(0);
    expect(meter.bytesPerSecond(0)).to.equal(undefined);
    meter.start(0);
    meter.add(5 * KB, 0);
    meter.stop(0);
    expect(meter.bytesPerSecond(0)).to.equal(undefined);
  });

  it('does not carry bytes over to the next transfer', () => {
    const meter = started();
    meter.add(900 * KB, 0);
    meter.stop(0);
    meter.start(1_000);
    const now = feed(meter, 100 * KB, 2_000, 1_000);
    expect(meter.bytesPerSecond(now)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('counts a silence of up to 3 s before the second chunk, and no longer one', () => {
    const patient = started();
    patient.add(KB, 3_000);
    expect(patient.transferTime(3_000)).to.equal(3_000);
    const stalled = started();
    stalled.add(KB, 3_001);
    expect(stalled.transferTime(3_001)).to.equal(0);
    expect(stalled.bytesPerSecond(3_001)).to.equal(undefined);
  });

  it('ends a transfer that has stalled with its last byte', () => {
    const meter = started();
    const stall = feed(meter, 10 * KB, 2_000, 0, 100);
    meter.stop(stall + 60_000);
    expect(meter.transferTime(stall + 60_000)).to.be.closeTo(stall, 100);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('does not count the bytes that end a stall, nor take them for a first chunk', () => {
    const meter = started();
    const stall = feed(meter, 10 * KB, 2_000, 0, 100);
    meter.add(9_000 * KB, stall + 20_000);
    const now = feed(meter, 10 * KB, 2_000, stall + 20_000, 100);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
    expect(meter.transferTime(now)).to.be.closeTo(4_000, 100);
  });

  it('keeps a first chunk that came as fast as the second', () => {
    const meter = started();
    feed(meter, 10 * KB, 1_000, 0, 100);
    meter.stop(1_000);
    expect(meter.transferTime(1_000)).to.equal(1_000);
  });

  it('leaves a first chunk out by its speed, not by its size', () => {
    const meter = started();
    meter.add(5 * KB, 10);
    for (let now = 110; now <= 1_010; now += 100) meter.add(10 * KB, now);
    meter.stop(1_010);
    expect(meter.transferTime(1_010)).to.equal(1_000);
    expect(meter.pace(15_000)).to.be.closeTo(100 * KB, 1e-6);
  });

  it('forgets samples that are older than the last 240', () => {
    const meter = started();
    meter.add(1e9, 1_000);
    const now = feed(meter, KB, 240_000, 1_000);
    expect(meter.pace(1e12)).to.be.closeTo(KB, 1e-3);
    expect(meter.transferTime(now)).to.equal(241_000);
  });

  it('has no negative time or speed when a clock goes back', () => {
    const meter = started();
    feed(meter, 10 * KB, 2_000, 0, 100);
    expect(meter.transferTime(-60_000), 'the closed windows').to.equal(1_800);
    meter.add(10 * KB, 1_000);
    expect(meter.bytesPerSecond(500)).to.satisfy((speed: number) => Number.isFinite(speed) && speed >= 0);
  });

  it('is finite for the largest numbers of bytes', () => {
    const meter = started();
    for (let now = 1; now <= 2_000; now += 1) meter.add(2 ** 43, now);
    expect(meter.bytesPerSecond(2_000)).to.be.closeTo(2 ** 43 * 1_000, 2 ** 43);
  });
});
