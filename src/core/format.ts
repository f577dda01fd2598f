/** Decimal units, as hubs and browsers show them: 1 MB is 10⁶ bytes. */
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** English as CLDR abbreviates it ("5 byte", "10 sec") → the symbols that people know. */
const SYMBOLS: Readonly<Record<string, string>> = { byte: 'B', 'byte/s': 'B/s', sec: 's', secs: 's', hr: 'h' };

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const formatters = new Map<string, Intl.NumberFormat>();

/** Bytes in the unit that fits, such as "12.3 MB". `locale` is a BCP 47 tag; `undefined` means the platform's. */
export function formatBytes(bytes: number, locale?: string): string {
  return formatScaled(bytes, '', locale);
}

/** Bytes per second in the unit that fits, such as "1.2 MB/s"; below 1 kB/s in B/s. */
export function formatSpeed(bytesPerSecond: number, locale?: string): string {
  return formatScaled(bytesPerSecond, '-per-second', locale);
}

/** A percentage, 0–100, rounded down so that 100 is shown only when it is true. */
export function formatPercent(percent: number, locale?: string): string {
  const format = formatter('percent', locale, { style: 'percent', maximumFractionDigits: 0 });
  return format.format(Math.floor(percent) / 100);
}

/**
 * Seconds as two units that coarsen as they grow: "12 s", "4 min 10 s", "1 h 20 min", "2 days 3 h".
 * Below 5 s it is the words `fewSeconds`, default "a few seconds".
 */
export function formatDuration(seconds: number, locale?: string, fewSeconds = 'a few seconds'): string {
  const whole = Math.round(seconds);
  if (seconds < 5) return fewSeconds;
  if (whole < MINUTE) return formatUnit(whole, 'second', locale);
  if (whole < HOUR) {
    // Seconds that flicker on a long wait tell nothing: steps of 5 up to 5 min, of 10 to 10 min, then none.
    const step = whole < 5 * MINUTE ? 5 : whole < 10 * MINUTE ? 10 : MINUTE;
    return formatPair(Math.round(whole / step) * step, MINUTE, 'minute', 'second', locale);
  }
  if (whole < DAY) {
    const step = whole < 10 * HOUR ? 1 : 10;
    return formatPair(Math.round(whole / MINUTE / step) * step, 60, 'hour', 'minute', locale);
  }
  return formatPair(Math.round(whole / HOUR), 24, 'day', 'hour', locale);
}

function formatPair(value: number, base: number, large: Unit, small: Unit, locale: string | undefined): string {
  const rest = value % base;
  const head = formatUnit(Math.floor(value / base), large, locale);
  return rest === 0 ? head : `${head} ${formatUnit(rest, small, locale)}`;
}

type Unit = 'second' | 'minute' | 'hour' | 'day';

function formatUnit(value: number, unit: Unit, locale: string | undefined): string {
  return withSymbols(formatter(unit, locale, { style: 'unit', unit, unitDisplay: 'short' }), value);
}

function formatScaled(value: number, suffix: '' | '-per-second', locale: string | undefined): string {
  let scaled = value;
  let index = 0;
  // 999.95 kB would be rounded to "1,000 kB".
  while (scaled >= 999.95 && index < BYTE_UNITS.length - 1) {
    scaled /= 1_000;
    index += 1;
  }
  const unit = `${BYTE_UNITS[index] ?? 'byte'}${suffix}`;
  // One decimal that is always there, so that the text does not change its width as the number grows.
  const digits = index < 2 ? 0 : 1;
  const options = { style: 'unit', unit, minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return withSymbols(formatter(unit, locale, options), scaled);
}

function withSymbols(format: Intl.NumberFormat, value: number): string {
  return format
    .formatToParts(value)
    .map(({ type, value: text }) => (type === 'unit' ? (SYMBOLS[text] ?? text) : text))
    .join('');
}

/** Making a formatter costs far more than using it. */
function formatter(key: string, locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const id = `${locale ?? ''} ${key}`;
  let found = formatters.get(id);
  if (!found) formatters.set(id, (found = new Intl.NumberFormat(locale, options)));
  return found;
}
