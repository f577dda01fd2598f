import { absolute } from '../transformers/model-address.js';

/** The last part of an address: the name of a file of which nothing else is known. */
export function fileNameIn(url: string): string {
  return decoded(/([^/?#]+)\/?(?:[?#]|$)/.exec(url)?.[1] ?? url);
}

/**
 * Names the files of one load: by the last part of their addresses, and by more of it where two
 * files end alike. An address keeps its name in all attempts.
 */
export class FileNames {
  readonly #names = new Map<string, string>();
  readonly #planned: ReadonlySet<string>;

  /** @param planned Names that the page has given: the longest that an address ends with is its name. */
  constructor(planned: readonly string[] = []) {
    this.#planned = new Set(planned);
  }

  of(address: string): string {
    const url = absolute(address).replace(/#.*$/s, '');
    const known = this.#names.get(url);
    if (known !== undefined) return known;
    const taken = new Set(this.#names.values());
    const free = endsOf(url).filter((end) => !taken.has(end));
    const name = free.filter((end) => this.#planned.has(end)).at(-1) ?? free[0] ?? url;
    this.#names.set(url, name);
    return name;
  }
}

/** What an address may be called, from its last part to the whole. */
function endsOf(url: string): readonly string[] {
  const [path = url] = url.split(/[?#]/, 1);
  const parts = path
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/$/, '')
    .split('/');
  return [...parts.map((_, index) => decoded(parts.slice(-index - 1).join('/'))), url];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A lone percent sign is part of the name.
    return text;
  }
}
