import { randomWord } from '../random-word.js';

/** Where nothing can be digested, outside secure contexts, nothing outlives the page either: a name of the page's own is enough. */
const names = new Map<string, string>();

/**
 * What the bytes of a file are kept under: its address and, where the request has headers of its own, a digest of them.
 * What one user may download is not for another, and a server may answer with another file (`Vary`).
 */
export async function keyOf(url: string, headers: Headers): Promise<string> {
  const own = [...headers].map(([name, value]) => `${name}: ${value}`);
  return own.length === 0 ? url : `${url}#${await digest(own.join('\n'))}`;
}

async function digest(text: string): Promise<string> {
  try {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  } catch {
    const name = names.get(text) ?? randomWord();
    names.set(text, name);
    return name;
  }
}
