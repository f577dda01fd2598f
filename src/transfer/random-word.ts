/** Returns a unique word, also where `crypto.randomUUID` is missing, as over plain HTTP. */
export function randomWord(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}
