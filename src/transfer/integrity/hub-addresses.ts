/** The path of a file on a model hub: `…/{owner}/{model}/resolve/{revision}/{file}`, without an owner for a few old models. */
const RESOLVE = /^(.*?\/)((?:[^/]+\/)?[^/]+)\/resolve\/([^/]+)\/(.*)$/;

/** The addresses of a file on a hub. */
export interface HubAddresses {
  /** The address of the listing of its model and revision. */
  readonly listing: string;
  /** Its path in the model. */
  readonly file: string;
}

/** Returns the path of the file at an address, and the address of its listing; `undefined` if the address is not one of a hub. */
export function hubAddressesOf(url: string): HubAddresses | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  const [, host, model, revision, path] = RESOLVE.exec(pathname) ?? [];
  if (host === undefined || path === undefined) return undefined;
  try {
    return { listing: `${origin}${host}api/models/${model}/tree/${revision}?recursive=true`, file: decodeURIComponent(path) };
  } catch {
    // An address that cannot be decoded is not that of a file.
    return undefined;
  }
}
