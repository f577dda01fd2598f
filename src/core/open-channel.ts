/**
 * Opens a `BroadcastChannel` that does not keep a Node process alive.
 *
 * @returns `undefined` if the platform has no channels or refuses one, such as when the user has blocked storage.
 */
export function openChannel<T>(name: string, onMessage: (message: T) => void): BroadcastChannel | undefined {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<T>) => onMessage(data);
    (channel as { unref?: () => void }).unref?.();
    return channel;
  } catch {
    return undefined;
  }
}
