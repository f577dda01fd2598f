import { absolute } from '../transformers/model-address.js';

/** The last segment of an address's path: the default name of a file. */
export function fileNameIn(url: string): string {
  return decoded(/([^/?#]+)\/?(?:[?#]|$)/.exec(url)?.[1] ?? url);
}

/**
 * Assigns names to the files of one load: the last segment of the address, or more segments if another file has that name
 * already. An address has the same name in all attempts.
 */
export class FileNames {
  readonly #names = new Map<string, string>();
  readonly #planned: ReadonlySet<string>;

  /** @param planned Names from the page's definition. An address gets the longest of them that it ends with. */
  constructor(planned: readonly string[] = []) {
    this.#planned = new Set(planned);
  }

  /** The name of the file at an address. */
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

/** The possible names of an address, from its last segment to the whole address. */
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
