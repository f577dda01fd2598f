/** A cache that writes entries in the background, for those that read or delete them. */
export interface BackgroundWrites {
  /** Resolves when the selected entries are not being written any more. Never rejects. */
  settled(isOwn: (url: string) => boolean): Promise<void>;
}

/** Settings of a module → the cache that we have set there. */
export const backgroundWrites = new WeakMap<object, BackgroundWrites>();
