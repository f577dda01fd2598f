/** A word that no other part of the page has, where `crypto.randomUUID` is missing too, as over plain HTTP. */
export function randomWord(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-');
}
