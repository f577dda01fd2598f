// Servers whose ranges violate RFC 9110. They do not affect a page that requests whole files.
import { encoded, exposesNothing, headers, on } from '../servers/behaviours.js';
import { alignsRanges, answersMultipart, capsRanges, ignoresRanges, refusesRanges } from '../servers/ranges.js';
import { andCut } from './bodies.js';

/** A time that the page can read: without it, a 503 is that of a server which cannot send ranges, and a 429 is repeated later. */
const retryAfter = { 'Retry-After': '1', 'Access-Control-Expose-Headers': 'Retry-After' };

/** @type {import('./row.js').Row[]} */
export const ranges = [
  ...andCut({ name: 'ranges are 400', hub: [refusesRanges(400)], sample: 4 }),
  ...andCut({ name: 'ranges are 403', hub: [refusesRanges(403)] }),
  ...andCut({ name: 'ranges are 416', hub: [refusesRanges(416)] }),
  ...andCut({ name: 'ranges are 416, nothing exposed', hub: [refusesRanges(416), exposesNothing] }),
  ...andCut({ name: 'ranges are 500', hub: [refusesRanges(500)] }),
  ...andCut({ name: 'ranges are 501', hub: [refusesRanges(501)] }),
  ...andCut({ name: 'ranges are 429, Retry-After: 1', hub: [refusesRanges(429, retryAfter)] }),
  ...andCut({ name: 'ranges are 503, Retry-After: 1', hub: [refusesRanges(503, retryAfter)] }),
  ...andCut({ name: 'ranges are ignored', hub: [ignoresRanges, headers({ 'Accept-Ranges': undefined })] }),
  ...andCut({ name: 'ranges are 1 MiB at most', hub: [capsRanges(1024 * 1024)] }),
  ...andCut({ name: 'ranges are 1 MiB at most, nothing exposed', hub: [capsRanges(1024 * 1024), exposesNothing] }),
  ...andCut({ name: 'ranges begin at multiples of 64 KiB', hub: [alignsRanges(64 * 1024)] }),
  ...andCut({ name: 'ranges are multipart', hub: [answersMultipart] }),
  ...andCut({ name: 'ranges without a readable Content-Range', hub: [exposesNothing] }),
  ...andCut({ name: 'ranges of gzip, whatever is asked', hub: [on(/\.onnx/, encoded('gzip', { always: true }))], versions: [2, 3] }),
];
