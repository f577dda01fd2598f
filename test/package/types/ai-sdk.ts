// Compiles as long as the adapter's parts fit the types of the AI SDK. Nothing here runs.
import type { ChatOnDataCallback, DataUIPart, InferUIMessageChunk, UIMessage, UIMessagePart, UIMessageStreamWriter, UITools } from 'ai';
import { readDownloadParts, toDownloadPart, type DownloadPart, type DownloadPartData } from 'model-download/adapters/ai-sdk';
import type { DownloadState } from 'model-download/core';

interface Parts extends Record<string, unknown> {
  modelDownloadProgress: DownloadPartData;
}
type Message = UIMessage<never, Parts>;

/** The type of a chat's messages by the providers for models in the browser, written again here. */
interface ProviderParts extends Record<string, unknown> {
  modelDownloadProgress: { status: 'downloading' | 'complete' | 'error'; progress?: number; message: string };
}

const asPart = (part: DownloadPart): DataUIPart<Parts> => part;
const inMessage = (part: DownloadPart): UIMessagePart<Parts, UITools> => part;
const inStream = (part: DownloadPart): InferUIMessageChunk<Message> => ({ ...part, transient: true });
const asTheirs = (part: DownloadPart): DataUIPart<ProviderParts> => part;

const write = (writer: UIMessageStreamWriter<Message>, state: DownloadState): void => {
  const part = toDownloadPart(state);
  if (part) writer.write(part);
};

const onData: ChatOnDataCallback<Message> = readDownloadParts(() => undefined, { keyOf: () => 'phi' });

export const fits = { asPart, inMessage, inStream, asTheirs, write, onData };
