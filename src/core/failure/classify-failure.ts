import { isRecord } from '../json.js';
import { DownloadFailure, type FailureCode } from './download-failure.js';

/** The messages of Transformers.js 2–4 for HTTP statuses. Version 4 also sets `status`. */
const HTTP_SENTENCES: readonly (readonly [RegExp, number])[] = [
  [/^Unauthorized access to file/, 401],
  [/^Forbidden access to file/, 403],
  [/^Could not locate file/, 404],
  [/^Request timeout error occurred/, 408],
  [/^Internal server error error occurred/, 500],
  [/^Bad gateway error occurred/, 502],
  [/^Service unavailable error occurred/, 503],
  [/^Gateway timeout error occurred/, 504],
];

/** The messages of Chromium, Firefox, Safari and Node for a connection that broke or was not made. */
const NETWORK =
  /network ?error|failed to fetch|fetch failed|load failed|error in (input|body) stream|terminated|connection (was )?lost|socket|ECONNRESET/i;

/** The messages of browsers and Transformers.js if the page's Content-Security-Policy forbids WebAssembly or a script. */
const POLICY = /content security policy|unsafe-eval/i;

/** The message of ONNX Runtime if it cannot start, also when one of its scripts could not be loaded. */
const NO_RUNTIME = /no available backend/i;

/** The messages of ONNX Runtime if a session cannot be created, such as for lack of memory. */
const RUNTIME = /session|protobuf|wasm|webgpu|onnx|array buffer allocation|out of memory/i;

/**
 * Converts a thrown value to a {@link DownloadFailure}. A value that is a {@link DownloadFailure} is returned unchanged.
 *
 * @param online Whether the platform reports a connection; `undefined` if it does not report.
 */
export function classifyFailure(cause: unknown, online?: boolean): DownloadFailure {
  if (cause instanceof DownloadFailure) return cause;
  const { name, message, status } = describe(cause);
  const httpStatus = status ?? statusIn(message);
  const code = httpStatus === undefined ? codeOf(name, message, online) : codeOfStatus(httpStatus);
  return new DownloadFailure(code, message, { cause, httpStatus });
}

/** The values of `X-Error-Code` by which Hugging Face's hub reports that a file or its repository is missing, also with a 401. */
const MISSING = /^(Repo|Revision|Entry)NotFound$/;

/**
 * Returns the failure code of an HTTP status outside 200–299.
 *
 * @param hubCode The header `X-Error-Code`; `null` if there is none, or it cannot be read.
 */
export function codeOfStatus(status: number, hubCode: string | null = null): FailureCode {
  if (hubCode !== null && MISSING.test(hubCode)) return 'not-found';
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 408) return 'timeout';
  return status === 429 ? 'rate-limited' : 'http';
}

function codeOf(name: string, message: string, online: boolean | undefined): FailureCode {
  if (name === 'AbortError') return 'aborted';
  if (name === 'TimeoutError') return 'timeout';
  if (name === 'QuotaExceededError') return 'quota';
  // Transformers.js 2–4 parse a JSON file without a check: an HTML page in its place throws a SyntaxError.
  if (name === 'SyntaxError') return 'corrupt';
  if (POLICY.test(message)) return 'blocked';
  if (NO_RUNTIME.test(message)) return 'runtime';
  if (NETWORK.test(message)) return online === false ? 'offline' : 'network';
  return RUNTIME.test(message) ? 'runtime' : 'unknown';
}

function statusIn(message: string): number | undefined {
  const other = /^Error \((\d{3})\) occurred while trying to load file/.exec(message)?.[1];
  if (other) return Number(other);
  return HTTP_SENTENCES.find(([sentence]) => sentence.test(message))?.[1];
}

interface Description {
  readonly name: string;
  readonly message: string;
  readonly status: number | undefined;
}

/** Returns the fields of a thrown value. If one of its getters throws, the message is `Unknown error`. */
function describe(cause: unknown): Description {
  try {
    return read(cause);
  } catch {
    return { name: '', message: 'Unknown error', status: undefined };
  }
}

function read(cause: unknown): Description {
  if (!isRecord(cause)) return { name: '', message: String(cause), status: undefined };
  // A `DownloadFailure` of another copy of this package has `httpStatus`.
  const { name, message, status, httpStatus = status } = cause;
  return {
    name: typeof name === 'string' ? name : '',
    message: typeof message === 'string' && message ? message : 'Unknown error',
    status: typeof httpStatus === 'number' && httpStatus >= 400 && httpStatus < 600 ? httpStatus : undefined,
  };
}
