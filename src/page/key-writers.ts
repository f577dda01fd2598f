/** A writer of models' states in a document. Its shape must not change: writers can belong to different copies of the package. */
export interface KeyWriter {
  /** The manager. Connections of one manager do not take models over from each other. */
  readonly owner: object;
  /** Called when another manager takes the model over. */
  cancelReplaced(modelKey: string): void;
  /** Called when the manager that took the model over releases it. */
  regain(modelKey: string): void;
}

/** The writers of each model. The last one is active. */
type Writers = Map<string, KeyWriter[]>;

const WRITERS = Symbol.for('model-download.writers');

/**
 * Makes `writer` the active writer of a model in the document of `root`. The previous writer loses the model if it belongs
 * to another manager: with two writers, elements would receive two states of one download.
 */
export function claimKey(root: EventTarget, modelKey: string, writer: KeyWriter): void {
  const writers = writersOf(root);
  const claims = writers.get(modelKey) ?? [];
  const before = claims.at(-1);
  writers.set(modelKey, [...claims, writer]);
  if (before && before.owner !== writer.owner) before.cancelReplaced(modelKey);
}

/** Releases a model, and returns it to the previous writer. */
export function releaseKey(root: EventTarget, modelKey: string, writer: KeyWriter): void {
  const writers = writersOf(root);
  const claims = writers.get(modelKey) ?? [];
  const left = claims.filter((claim) => claim !== writer);
  if (left.length > 0) writers.set(modelKey, left);
  else writers.delete(modelKey);
  const next = left.at(-1);
  if (next && claims.at(-1) === writer && next.owner !== writer.owner) next.regain(modelKey);
}

/** The active writer of a model in the document of `root`. */
export function writerOf(root: EventTarget, modelKey: string): KeyWriter | undefined {
  return writersOf(root).get(modelKey)?.at(-1);
}

/** The writers are stored on the document, where every copy of the package finds them: elements listen there for every root. */
function writersOf(root: EventTarget): Writers {
  const { ownerDocument } = root as Partial<Node>;
  const holder = (ownerDocument ?? root) as EventTarget & Record<symbol, Writers | undefined>;
  return (holder[WRITERS] ??= new Map<string, KeyWriter[]>());
}
