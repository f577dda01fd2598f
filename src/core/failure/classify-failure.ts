import { isRecord } from '../json.js';
import { DownloadFailure, type FailureCode } from './download-failure.js';

/** The sentences that Transformers.js 2–4 make of HTTP statuses; 4 also sets `status`. */
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

/** How Chromium, Firefox, Safari and Node word a connection that broke or was not made. */
const NETWORK =
  /network ?error|failed to fetch|fetch failed|load failed|error in (input|body) stream|terminated|connection (was )?lost|socket|ECONNRESET/i;

/** How browsers and Transformers.js word that the page's Content-Security-Policy forbids something: WebAssembly, or a script. */
const POLICY = /content security policy|unsafe-eval/i;

/** How ONNX Runtime words that nothing can start it: also where the cause is a script of it that could not be loaded. */
const NO_RUNTIME = /no available backend/i;

/** How ONNX Runtime words a session that cannot be made, memory included. */
const RUNTIME = /session|protobuf|wasm|webgpu|onnx|array buffer allocation|out of memory/i;

/**
 * Tells what kind of failure a thrown value is. A {@link DownloadFailure} is returned as it is.
 *
 * @param online Whether the platform says that there is a connection; `undefined` when it cannot.
 */
export function classifyFailure(cause: unknown, online?: boolean): DownloadFailure {
  if (cause instanceof DownloadFailure) return cause;
  const { name, message, status } = describe(cause);
  const httpStatus = status ?? statusIn(message);
  const code = httpStatus === undefined ? codeOf(name, message, online) : codeOfStatus(httpStatus);
  return new DownloadFailure(code, message, { cause, httpStatus });
}

/** What Hugging Face's hub answers as `X-Error-Code`, also with a 401, of what does not exist. */
const MISSING = /^(Repo|Revision|Entry)NotFound$/;

/**
 * The failure code of an HTTP status that is no success.
 *
 * @param hubCode The header `X-Error-Code`; `null` where there is none, or it cannot be read.
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
  // A page in HTML where JSON was due; versions 2–4 parse it unseen.
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

/** What a thrown value says of itself; nothing where its getters throw. */
function describe(cause: unknown): Description {
  try {
    return read(cause);
  } catch {
    return { name: '', message: 'Unknown error', status: undefined };
  }
}

function read(cause: unknown): Description {
  if (!isRecord(cause)) return { name: '', message: String(cause), status: undefined };
  // A `DownloadFailure` of another copy of this package has the second.
  const { name, message, status, httpStatus = status } = cause;
  return {
    name: typeof name === 'string' ? name : '',
    message: typeof message === 'string' && message ? message : 'Unknown error',
    status: typeof httpStatus === 'number' && httpStatus >= 400 && httpStatus < 600 ? httpStatus : undefined,
  };
}
