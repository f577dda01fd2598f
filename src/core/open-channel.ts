/**
 * Opens a `BroadcastChannel` that does not keep a Node process alive.
 *
 * @returns `undefined` if the platform has no channels or refuses one, such as when the user has blocked storage.
 */
export function openChannel(name: string, onMessage: (message: unknown) => void): BroadcastChannel | undefined {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<unknown>) => onMessage(data);
    (channel as { unref?: () => void }).unref?.();
    return channel;
  } catch {
    return undefined;
  }
}
