/**
 * @typedef {import('../../demo/hub/request-log.js').LogEntry} LogEntry
 * @typedef {{ file: string, size: number, cached: boolean, runtime?: boolean }} TraceFile
 *   One file that a load needs: decoded bytes, whether it was on the device, whether it is one of the ONNX Runtime.
 */

/**
 * How many bytes of the files' content a hub has sent: of bytes sent twice, the first time counts,
 * and of a compressed body the share that is sent.
 *
 * @param {readonly LogEntry[]} log
 * @param {readonly TraceFile[]} files
 */
export function sentBytes(log, files) {
  return files.reduce(
    (sum, file) =>
      sum +
      sentOf(
        log.filter((entry) => entry.file === file.file),
        file.size,
      ),
    0,
  );
}

/**
 * @param {readonly LogEntry[]} answers
 * @param {number} size
 */
function sentOf(answers, size) {
  let covered = 0;
  let end = 0;
  const parts = answers.flatMap((answer) => partOf(answer, size)).sort((a, b) => a.start - b.start);
  for (const part of parts) {
    covered += Math.max(0, part.end - Math.max(end, part.start));
    end = Math.max(end, part.end);
  }
  return covered;
}

/**
 * @param {LogEntry} answer
 * @param {number} size
 */
function partOf({ method, status, range, bytesSent, bodySize }, size) {
  const isContent = method === 'GET' && (status === 200 || status === 206);
  // A request for one byte probes a size; its answer is not stored.
  if (!isContent || range === 'bytes=0-0' || bytesSent === 0) return [];
  const start = status === 206 ? Number(/^bytes=(\d+)-/.exec(range ?? '')?.[1] ?? 0) : 0;
  const isCompressed = status === 200 && bodySize !== null && bodySize !== size;
  const length = isCompressed ? Math.round((bytesSent / bodySize) * size) : bytesSent;
  return [{ start, end: start + length }];
}
