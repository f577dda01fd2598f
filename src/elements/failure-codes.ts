import type { FailureCode } from '../core/index.js';

/** Every code of a failure. */
export const FAILURE_CODES: Readonly<Record<FailureCode, true>> = {
  offline: true,
  network: true,
  timeout: true,
  http: true,
  unauthorized: true,
  blocked: true,
  'not-found': true,
  'rate-limited': true,
  changed: true,
  corrupt: true,
  quota: true,
  runtime: true,
  aborted: true,
  unknown: true,
};
