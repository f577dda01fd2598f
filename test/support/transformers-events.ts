/** Events as Transformers.js sends them to `progress_callback`. */
export const MODEL = 'org/model';

type Send = (event: unknown) => void;

export function initiate(file: string, name = MODEL): object {
  return { status: 'initiate', name, file };
}

export function download(file: string, name = MODEL): object {
  return { status: 'download', name, file };
}

export function progress(file: string, loaded: number, total: number, name = MODEL): object {
  return { status: 'progress', name, file, loaded, total, progress: (loaded / total) * 100 };
}

export function done(file: string, name = MODEL): object {
  return { status: 'done', name, file };
}

/** Version 4's list of a load's files, by their sizes. */
export function progressTotal(sizes: Readonly<Record<string, number>>): object {
  const files = Object.fromEntries(Object.entries(sizes).map(([file, total]) => [file, { loaded: 0, total }]));
  const total = Object.values(sizes).reduce((sum, size) => sum + size, 0);
  return { status: 'progress_total', name: MODEL, progress: 0, loaded: 0, total, files };
}

/** Sends the events of a whole file in `parts` equal parts. */
export function sendFile(send: Send, file: string, size: number, parts = 4, name = MODEL): void {
  send(initiate(file, name));
  send(download(file, name));
  for (let part = 1; part <= parts; part++) send(progress(file, (size / parts) * part, size, name));
  send(done(file, name));
}

/** A seeded generator of numbers from 0 up to 1: mulberry32. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
