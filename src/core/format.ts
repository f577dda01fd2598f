/** Decimal units, as hubs and browsers show them: 1 MB is 10⁶ bytes. */
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** The common symbols for the abbreviations of CLDR in English ("5 byte", "10 sec", in British English "2 hrs"). */
const SYMBOLS: Readonly<Record<string, string>> = { byte: 'B', 'byte/s': 'B/s', sec: 's', secs: 's', mins: 'min', hr: 'h', hrs: 'h' };

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The two units of a duration below a limit, and the step to which it is rounded; all in seconds. */
interface Scale {
  readonly limit: number;
  readonly step: number;
  readonly large: { readonly unit: Unit; readonly size: number };
  readonly small: { readonly unit: Unit; readonly size: number };
}

const MINUTES = { large: { unit: 'minute', size: MINUTE }, small: { unit: 'second', size: 1 } } as const;
const HOURS = { large: { unit: 'hour', size: HOUR }, small: { unit: 'minute', size: MINUTE } } as const;
const DAYS: Scale = {
  limit: Infinity,
  step: HOUR,
  large: { unit: 'day', size: DAY },
  small: { unit: 'hour', size: HOUR },
};

/** The longer a duration, the coarser its step: seconds that change on a long wait have no meaning. */
const SCALES: readonly Scale[] = [
  { limit: 5 * MINUTE, step: 5, ...MINUTES },
  { limit: 10 * MINUTE, step: 10, ...MINUTES },
  { limit: HOUR, step: MINUTE, ...MINUTES },
  { limit: 10 * HOUR, step: MINUTE, ...HOURS },
  { limit: DAY, step: 10 * MINUTE, ...HOURS },
];

/** The formatters by their options. To make one costs far more than to use it. */
const formatters = new Map<string, Intl.NumberFormat>();

/** The formatted texts by their values. Most values are drawn several times, and formatting takes most of the time. */
const written = new Map<string, string>();

/** The largest number of texts: more than a page shows at once. */
const WRITTEN_LIMIT = 500;

/** The text for anything but a finite number. Every formatter shows a negative number as 0. */
const UNKNOWN = '—';

const isFinite = Number.isFinite as (value: unknown) => value is number;

/**
 * Formats bytes in the unit that fits, such as "12.3 MB". Returns "—" for anything but a finite number. `locale` is a BCP 47 tag;
 * `undefined` means the platform's.
 *
 * @throws RangeError for a locale that is not a BCP 47 tag.
 */
export function formatBytes(bytes: number | undefined, locale?: string): string {
  return formatScaled(bytes, '', locale);
}

/**
 * Formats bytes per second in the unit that fits, such as "1.2 MB/s"; below 1 kB/s in B/s.
 *
 * @throws as `formatBytes()`.
 */
export function formatSpeed(bytesPerSecond: number | undefined, locale?: string): string {
  return formatScaled(bytesPerSecond, '-per-second', locale);
}

/**
 * Formats a percentage, 0–100. It is rounded down, so that 100 means that nothing is missing. Larger numbers are shown as 100.
 *
 * @throws as `formatBytes()`.
 */
export function formatPercent(percent: number | undefined, locale?: string): string {
  if (!isFinite(percent)) return UNKNOWN;
  return write(Math.floor(Math.min(100, Math.max(0, percent))) / 100, 'percent', locale, { style: 'percent', maximumFractionDigits: 0 });
}

/**
 * Formats seconds in at most two units, which are larger for a longer duration: "12 s", "4 min 10 s", "1 h 20 min", "2 days 3 h".
 * Below 5 s the result is `fewSeconds`, by default "a few seconds". If `fewSeconds` is empty, the number is formatted there, too.
 */
export function formatDuration(seconds: number | undefined, locale?: string, fewSeconds = 'a few seconds'): string {
  if (!isFinite(seconds)) return UNKNOWN;
  if (seconds < 5 && fewSeconds) return fewSeconds;
  if (Math.round(seconds) < MINUTE) return formatUnit(Math.max(0, Math.round(seconds)), 'second', locale);
  const roundedTo = (step: number): number => Math.round(seconds / step) * step;
  const scale = SCALES.find(({ limit, step }) => roundedTo(step) < limit) ?? DAYS;
  const value = roundedTo(scale.step);
  const head = formatUnit(Math.floor(value / scale.large.size), scale.large.unit, locale);
  const rest = Math.floor((value % scale.large.size) / scale.small.size);
  return rest === 0 ? head : joined([head, formatUnit(rest, scale.small.unit, locale)], locale);
}

/** Joins units. `Intl.DurationFormat` is not used: not every browser has it, and its English is unusual. */
function joined(units: readonly string[], locale: string | undefined): string {
  return new Intl.ListFormat(locale, { type: 'unit', style: 'narrow' }).format(units);
}

type Unit = 'second' | 'minute' | 'hour' | 'day';

function formatUnit(value: number, unit: Unit, locale: string | undefined): string {
  return write(value, unit, locale, { style: 'unit', unit, unitDisplay: 'short' });
}

function formatScaled(value: number | undefined, suffix: '' | '-per-second', locale: string | undefined): string {
  if (!isFinite(value)) return UNKNOWN;
  let scaled = Math.max(0, value);
  let index = 0;
  // From MB on there is always one decimal, so that the text keeps its width as the number grows.
  const digitsOf = (unit: number): number => (unit < 2 ? 0 : 1);
  const rounded = (): number => Number(scaled.toFixed(digitsOf(index)));
  // Compared after rounding, since 999.9 kB would be shown as "1,000 kB".
  while (rounded() >= 1_000 && index < BYTE_UNITS.length - 1) {
    scaled /= 1_000;
    index += 1;
  }
  const unit = `${BYTE_UNITS[index] ?? 'byte'}${suffix}`;
  const digits = digitsOf(index);
  return write(rounded(), unit, locale, { style: 'unit', unit, minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function write(value: number, key: string, locale = '', options: Intl.NumberFormatOptions): string {
  const id = `${locale} ${key} ${value}`;
  let text = written.get(id);
  if (text !== undefined) return text;
  text = formatter(key, locale, options)
    .formatToParts(value)
    .map(({ type, value: part }) => (type === 'unit' ? (SYMBOLS[part] ?? part) : part))
    .join('');
  if (written.size >= WRITTEN_LIMIT) written.clear();
  written.set(id, text);
  return text;
}

function formatter(key: string, locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const id = `${locale} ${key}`;
  let found = formatters.get(id);
  if (!found) formatters.set(id, (found = new Intl.NumberFormat(locale || undefined, options)));
  return found;
}
