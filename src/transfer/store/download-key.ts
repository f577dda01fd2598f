import { hashAtOnce } from '../integrity/hash-at-once.js';
import { randomWord } from '../random-word.js';

/** Random names for insecure contexts, where `crypto.subtle` is missing. What is stored there is lost with the page anyway. */
const names = new Map<string, string>();

/**
 * Resolves with the name of a file in the store: its address and, if the request has headers of its own, a digest of them. Another
 * user may not be allowed to read the file, and a server may choose the file by the headers (`Vary`).
 */
export async function keyOf(url: string, headers: Headers): Promise<string> {
  const own = [...headers].map(([name, value]) => `${name}: ${value}`);
  return own.length === 0 ? url : `${url}#${await digest(own.join('\n'))}`;
}

/** Returns the address in a name from {@link keyOf}, without the digest, and without the fragment that an address may have. */
export function addressOf(key: string): string {
  return key.replace(/#.*$/s, '');
}

async function digest(text: string): Promise<string> {
  try {
    return await hashAtOnce('sha256', new TextEncoder().encode(text));
  } catch {
    const name = names.get(text) ?? randomWord();
    names.set(text, name);
    return name;
  }
}
