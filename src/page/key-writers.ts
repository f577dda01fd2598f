/** What speaks for a model in a document. Its shape must stay: the writers may be of several copies of the package. */
export interface KeyWriter {
  /** The manager behind it. Connections of one manager take nothing from each other. */
  readonly owner: object;
  /** Another manager has taken the model over. */
  lose(modelKey: string): void;
  /** The writer that took the model over is gone. */
  regain(modelKey: string): void;
}

/** The writers of each model, the one that came last at the end. */
type Writers = Map<string, KeyWriter[]>;

const WRITERS = Symbol.for('model-download.writers');

/**
 * Makes `writer` the one that speaks for a model in the document of `root`. The one before loses the
 * model if it is of another manager: two at once would tell elements two states of one download.
 */
export function claimKey(root: EventTarget, modelKey: string, writer: KeyWriter): void {
  const writers = writersOf(root);
  const claims = writers.get(modelKey) ?? [];
  const before = claims.at(-1);
  writers.set(modelKey, [...claims, writer]);
  if (before && before.owner !== writer.owner) before.lose(modelKey);
}

/** Gives a model back to the writer before, if there is one. */
export function releaseKey(root: EventTarget, modelKey: string, writer: KeyWriter): void {
  const writers = writersOf(root);
  const claims = writers.get(modelKey) ?? [];
  const left = claims.filter((claim) => claim !== writer);
  if (left.length > 0) writers.set(modelKey, left);
  else writers.delete(modelKey);
  const next = left.at(-1);
  if (next && claims.at(-1) === writer && next.owner !== writer.owner) next.regain(modelKey);
}

/** What speaks for a model in the document of `root` now. */
export function writerOf(root: EventTarget, modelKey: string): KeyWriter | undefined {
  return writersOf(root).get(modelKey)?.at(-1);
}

/** They are kept on the document itself, where every copy of the package finds them: elements listen there, whatever the root. */
function writersOf(root: EventTarget): Writers {
  const { ownerDocument } = root as Partial<Node>;
  const holder = (ownerDocument ?? root) as EventTarget & Record<symbol, Writers | undefined>;
  return (holder[WRITERS] ??= new Map<string, KeyWriter[]>());
}
