// Parts in a real stream of the AI SDK: its writer, its HTTP response, and its chat.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { AbstractChat, createUIMessageStream, DefaultChatTransport, pipeUIMessageStreamToResponse, readUIMessageStream } from 'ai';
import { readDownloadParts, toDownloadPart } from 'model-download/adapters/ai-sdk';
import { ProgressStateManager, systemClock } from 'model-download/core';

/** A clock without timers: the clean-up some seconds after the end would keep the process alive. */
const clock = { ...systemClock, setTimeout: () => undefined };

/** The chat of `useChat` without the framework around it. */
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
      snapshot: structuredClone,
    };
    super({ ...init, state });
  }
}

/** Writes the states that `run` produces to a stream, as a page or a server that downloads would. */
function streamOf(run, fields = {}) {
  return createUIMessageStream({
    execute({ writer }) {
      const states = new ProgressStateManager({ clock });
      states.subscribe('phi', (state) => {
        const part = toDownloadPart(state);
        if (part) writer.write({ ...part, ...fields });
      });
      states.startDownload('phi', { modelName: 'Phi-3' });
      run(states);
    },
  });
}

function finish(states) {
  states.updateDownload('phi', { status: 'downloading', progress: 0, bytesDownloaded: 0, totalBytes: 1_000 });
  states.updateDownload('phi', { progress: 41.9, bytesDownloaded: 419 });
  states.updateDownload('phi', { status: 'preparing', progress: 100, bytesDownloaded: 1_000 });
  states.completeDownload('phi');
}

const seen = ({ status, progress }) => [status, progress];

/** The states of a download that {@link finish} runs. */
const FINISHED = [
  ['queued', undefined],
  ['downloading', undefined],
  ['downloading', 0],
  ['downloading', 41],
  ['downloading', 99],
  ['completed', 100],
];

describe('the parts of a download, over the AI SDK', () => {
  let server;
  let stream;
  before(async () => {
    server = createServer((_, response) => pipeUIMessageStreamToResponse({ response, stream }));
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  let states;
  beforeEach(() => {
    states = [];
  });

  /** Sends a message to the server, and resolves with the answer. */
  async function send(settings = {}) {
    const transport = new DefaultChatTransport({ api: `http://127.0.0.1:${server.address().port}/` });
    const chat = new Chat({ transport, onData: readDownloadParts((state) => states.push(state), { clock, ...settings }) });
    await chat.sendMessage({ text: 'Hello' });
    assert.equal(chat.error, undefined);
    return chat.lastMessage;
  }

  it('reach onData one by one, and form one part of the message', async () => {
    stream = streamOf(finish);
    const { parts } = await send();
    assert.deepEqual(states.map(seen), FINISHED);
    assert.deepEqual(parts, [
      { type: 'data-modelDownloadProgress', id: 'phi', data: { status: 'complete', progress: 100, message: 'Phi-3' } },
    ]);
  });

  it('reach onData without a part in the message if they are transient', async () => {
    stream = streamOf(finish, { transient: true });
    const message = await send();
    assert.deepEqual(states.map(seen), FINISHED);
    assert.deepEqual(
      message.parts.filter(({ type }) => type.startsWith('data-')),
      [],
    );
  });

  it('contain the message of a failure', async () => {
    stream = streamOf((download) => {
      download.updateDownload('phi', { status: 'downloading', progress: 30 });
      download.failDownload('phi', new Error('The disk is full'));
    });
    await send();
    const { status, failureCode, error, can } = states.at(-1);
    assert.deepEqual([status, failureCode, error, can.retry], ['failed', 'unknown', 'The disk is full', false]);
  });

  it('can be read from a stream without a chat', async () => {
    const read = readDownloadParts((state) => states.push(state), { clock });
    for await (const { parts } of readUIMessageStream({ stream: streamOf(finish) })) parts.forEach(read);
    // The stream yields snapshots of the message, which may skip parts that arrive quickly.
    assert.deepEqual(seen(states.at(-1)), ['completed', 100]);
    assert.ok(states.every(({ modelKey }) => modelKey === 'phi'));
  });

  it('of another provider have an id per download, which keyOf maps to a key', async () => {
    const part = (id, status, progress, message) => ({
      type: /** @type {const} */ ('data-modelDownloadProgress'),
      id,
      data: { status, progress, message },
    });
    stream = createUIMessageStream({
      execute({ writer }) {
        writer.write({ ...part('download-1', 'downloading', 0, 'Downloading browser AI model...'), transient: true });
        writer.write(part('download-1', 'downloading', 50, 'Downloading browser AI model... 50%'));
        writer.write(part('download-1', 'complete', 100, 'Model finished downloading!'));
        writer.write(part('download-1', 'complete', 100, ''));
      },
    });
    await send({ keyOf: () => 'nano', nameOf: (key) => `Model ${key}` });
    assert.deepEqual(states.map(seen), [
      ['queued', undefined],
      ['downloading', 0],
      ['downloading', 50],
      ['completed', 100],
    ]);
    assert.ok(states.every(({ modelKey, modelName }) => modelKey === 'nano' && modelName === 'Model nano'));
  });
});
