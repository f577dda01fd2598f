// A chat of the AI SDK, whose stream contains the progress of the model's download.
import { ModelDownloadChangeEvent, ModelDownloads } from '/dist/cdn/model-download.js';
import { readDownloadParts, toDownloadPart } from '/dist/adapters/ai-sdk.js';
import { AbstractChat, createUIMessageStream } from '/ai.js';
import { answer } from './answers.js';
import { Conversation } from './conversation.js';
import { remoteHost } from './hub.js';
import './slow-link.js';
import { importTransformers } from './transformers.js';

const KEY = 'local/medium-chat';
const TASK = 'text-generation';

/** Not connected to the document: the elements receive only the states of the stream. */
const downloads = new ModelDownloads({
  models: { [KEY]: { name: 'Medium Chat', task: TASK, model: KEY, options: { dtype: 'q8' } } },
  transformers: () => importTransformers(4, remoteHost),
  namespace: 'demo',
});

/** The side with the model: this page, which could also be a worker. */
const transport = {
  sendMessages: async ({ messages }) =>
    createUIMessageStream({
      onError: (error) => (error instanceof Error ? error.message : String(error)),
      async execute({ writer }) {
        const stop = downloads.subscribe(KEY, (state) => {
          const part = toDownloadPart(state);
          // The message does not need to contain the progress.
          if (part) writer.write({ ...part, transient: true });
        });
        const pipe = await /** @type {Promise<import('./answers.js').Pipe>} */ (downloads.load(KEY)).finally(stop);
        const text = await answer(TASK, pipe, textOf(messages.at(-1)));
        writer.write({ type: 'text-start', id: 'answer' });
        writer.write({ type: 'text-delta', id: 'answer', delta: text });
        writer.write({ type: 'text-end', id: 'answer' });
      },
    }),
  reconnectToStream: async () => null,
};

/** The side that shows the download. */
const onData = readDownloadParts(
  (state, previousStatus) => {
    const { modelKey } = state;
    document.dispatchEvent(new ModelDownloadChangeEvent({ modelKey, state, aggregate: undefined, previousStatus }));
  },
  { nameOf: () => 'Medium Chat' },
);

/** The same as `useChat`, without a framework. */
class Chat extends AbstractChat {
  constructor(init) {
    const messages = [];
    const state = {
      status: 'ready',
      error: undefined,
      messages,
      pushMessage: (message) => messages.push(message),
      popMessage: () => messages.pop(),
      replaceMessage: (index, message) => (messages[index] = message),
      snapshot: (thing) => structuredClone(thing),
    };
    super({ ...init, state });
  }
}

const chat = new Chat({ transport, onData });
const conversation = new Conversation(document.getElementById('messages'));

function textOf({ parts }) {
  return parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('');
}

/** @type {HTMLInputElement} */
const input = document.querySelector('#message');
/** @type {HTMLButtonElement} */
const send = document.querySelector('#send');
document.getElementById('composer').addEventListener('submit', async (event) => {
  event.preventDefault();
  const text = input.value;
  input.value = '';
  send.disabled = true;
  conversation.say('You', text);
  await chat.sendMessage({ text });
  conversation.say('Medium Chat', chat.error ? `No answer: ${chat.error.message}` : textOf(chat.lastMessage));
  send.disabled = false;
});
send.disabled = false;
