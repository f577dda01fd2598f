/**
 * Whether a request sends cookies: `include`, or the default for an address of the page's own origin. A script cannot read
 * which cookies a request sends.
 */
export function sendsCookies({ url, credentials }: Request): boolean {
  if (credentials !== 'same-origin') return credentials === 'include';
  const { location } = globalThis as { location?: { readonly origin: string } };
  return new URL(url).origin === location?.origin;
}

/**
 * Whether a response shows that it is the same for each user. That is so if a shared cache may store it even if the request has
 * credentials (RFC 9111, 3 and 5.2.2), and it does not vary with them. The result is `false` for a response from another origin,
 * whose `Vary` cannot be read.
 */
export function isForEachUser({ headers }: Response, url: string): boolean {
  const { location } = globalThis as { location?: { readonly origin: string } };
  if (new URL(url).origin !== location?.origin) return false;
  const directives = listIn(headers.get('Cache-Control')).map((directive) => directive.replace(/\s*=.*$/s, ''));
  const isShared = directives.includes('public') || directives.includes('s-maxage');
  const isRefused = directives.some((directive) => directive === 'private' || directive === 'no-store');
  const varies = listIn(headers.get('Vary')).some((name) => name === '*' || name === 'cookie' || name === 'authorization');
  return isShared && !isRefused && !varies;
}

function listIn(header: string | null): readonly string[] {
  return (header ?? '')
    .toLowerCase()
    .split(',')
    .map((item) => item.trim());
}
