// The line of the whole loads: one rate for all connections, and a delay before each response.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Line } from '../../../tools/bench/loads/line.js';

const MBIT = 125_000;

/** A clock whose time passes only by sleeping. */
class TestClock {
  time = 0;
  now = () => this.time;
  sleep = async (/** @type {number} */ milliseconds) => void (this.time += milliseconds);
}

const { signal } = new AbortController();

/** @param {{ latency?: number, rate?: number, connectionRate?: number }} conditions */
function open({ latency = 80, rate = 8, connectionRate }) {
  const clock = new TestClock();
  return { clock, line: new Line({ latency, rate, connectionRate }, clock) };
}

describe('the line of whole loads', () => {
  it('delays each response by the latency', async () => {
    const { clock, line } = open({});
    await line.respond(signal);
    await line.respond(signal);
    assert.equal(clock.time, 160);
  });

  it('divides its rate between all connections', async () => {
    const { clock, line } = open({ rate: 8 });
    for (const connection of [{}, {}, {}, {}]) await line.send(connection, 2 * MBIT, signal);
    // 8 Mbit at 8 Mbit/s, less the 50 ms that a late timer may catch up.
    assert.equal(clock.time, 950);
  });

  it('limits each connection apart from the others', async () => {
    const { clock, line } = open({ rate: 1_000, connectionRate: 2 });
    const [one, other] = [{}, {}];
    await line.send(one, 2 * MBIT, signal);
    assert.equal(clock.time, 950);
    await line.send(other, MBIT / 10, signal);
    assert.equal(clock.time, 950);
    await line.send(one, 2 * MBIT, signal);
    assert.equal(clock.time, 1_950);
  });

  it('sends slices of a twentieth of a second on a slow line, and of 64 KiB on a fast one', () => {
    assert.equal(open({ rate: 1 }).line.slice, MBIT / 20);
    assert.equal(open({ rate: 100 }).line.slice, 64 * 1024);
  });
});
