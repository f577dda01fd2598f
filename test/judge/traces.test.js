import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readTraces } from '../../tools/judge/read-traces.js';
import { Truth } from '../../tools/judge/truth.js';
import { compressTrace, packTrace } from '../../tools/traces/pack-trace.js';
import { readTrace } from '../../tools/traces/read-trace.js';
import { nameOf, recordings } from '../../tools/traces/recordings.js';
import { sentBytes } from '../../tools/traces/sent-bytes.js';
import { steadyTrace } from './steady-trace.js';

/** @param {Partial<import('../../demo/hub/request-log.js').LogEntry>} entry */
function answer(entry) {
  return {
    id: 1,
    time: 0,
    origin: /** @type {const} */ ('hub'),
    method: 'GET',
    path: '',
    file: 'a',
    range: null,
    status: 200,
    bytesSent: 0,
    bodySize: 100,
    finished: true,
    aborted: false,
    ...entry,
  };
}

const file = { file: 'a', size: 100, cached: false };

describe('a trace', () => {
  it('is read as it was written', () => {
    const trace = steadyTrace({ size: 500_000 });
    trace.events.push(
      [600, { status: 'progress_total', name: 'm', progress: 12.5, loaded: 1, total: 8, files: { 'a.json': { loaded: 1, total: 8 } } }],
      [601, { status: 'progress', name: 'm', file: 'b', progress: 100, loaded: 5, total: 0 }],
      [602, { status: 'transfer', name: 'm', file: 'b', phase: 'receiving', loaded: 7, stored: 3 }],
    );
    assert.deepEqual(readTrace(packTrace(trace)), trace);
    assert.deepEqual(readTrace(JSON.parse(gunzipSync(compressTrace(trace)).toString())), trace);
  });

  it('exists for every recording, and contains all bytes unless the load failed', () => {
    const traces = new Map(readTraces().map((trace) => [trace.name, trace]));
    assert.deepEqual([...traces.keys()].sort(), recordings.map(nameOf).sort());
    for (const trace of traces.values()) {
      const truth = new Truth(trace);
      assert.ok(trace.phases.resolved === undefined || !truth.isMissing(trace.phases.resolved), trace.name);
    }
  });
});

describe('sentBytes', () => {
  it('counts bytes that were sent twice once', () => {
    const log = [answer({ bytesSent: 60, aborted: true }), answer({ status: 206, range: 'bytes=40-', bytesSent: 30, bodySize: 60 })];
    assert.equal(sentBytes(log, [file]), 70);
  });

  it('does not count probes, headers and other files', () => {
    const log = [
      answer({ status: 206, range: 'bytes=0-0', bytesSent: 1, bodySize: 1 }),
      answer({ method: 'HEAD', bytesSent: 0 }),
      answer({ status: 302, bytesSent: 0, bodySize: 0 }),
      answer({ file: 'b', bytesSent: 100 }),
    ];
    assert.equal(sentBytes(log, [file]), 0);
  });

  it('counts the share of a compressed body', () => {
    assert.equal(sentBytes([answer({ bytesSent: 10, bodySize: 40 })], [file]), 25);
  });
});

describe('Truth', () => {
  it('has the progress and the true time left of a load', () => {
    const truth = new Truth(steadyTrace());
    assert.ok(Math.abs(truth.percent(5_020) - 50) < 0.1);
    assert.equal(truth.timeLeft(5_020), 5);
    assert.equal(truth.timeLeft(10_020), undefined);
    assert.equal(truth.isMissing(9_900), true);
    assert.equal(truth.isMissing(10_020), false);
  });

  it('finds the stalls', () => {
    const trace = steadyTrace();
    trace.sent = [
      [1_000, 5],
      [9_005, 10],
      [9_100, 15],
    ];
    assert.deepEqual(new Truth(trace).stalls, [{ from: 1_000, to: 9_005 }]);
  });
});
