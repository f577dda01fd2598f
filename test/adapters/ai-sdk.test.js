// The parts over a real stream of the AI SDK: its writer, its HTTP answer, its chat that reads that.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { AbstractChat, createUIMessageStream, DefaultChatTransport, pipeUIMessageStreamToResponse, readUIMessageStream } from 'ai';
import { readDownloadParts, toDownloadPart } from 'model-download/adapters/ai-sdk';
import { ProgressStateManager, systemClock } from 'model-download/core';

/** What is tidied up some seconds after the end would keep the process waiting. */
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

/** Writes what `run` does to the states of a download, as a page or a server that downloads would. */
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

/** What a chat shows of the downloads that {@link finish} makes. */
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

  /** Sends a message to the server, and returns the answer once it is there. */
  async function ask(settings = {}) {
    const transport = new DefaultChatTransport({ api: `http://127.0.0.1:${server.address().port}/` });
    const chat = new Chat({ transport, onData: readDownloadParts((state) => states.push(state), { clock, ...settings }) });
    await chat.sendMessage({ text: 'Hello' });
    assert.equal(chat.error, undefined);
    return chat.lastMessage;
  }

  it('reach a chat’s onData one by one, and are one part of its message', async () => {
    stream = streamOf(finish);
    const { parts } = await ask();
    assert.deepEqual(states.map(seen), FINISHED);
    assert.deepEqual(parts, [
      { type: 'data-modelDownloadProgress', id: 'phi', data: { status: 'complete', progress: 100, message: 'Phi-3' } },
    ]);
  });

  it('reach onData and leave nothing in the message where they are transient', async () => {
    stream = streamOf(finish, { transient: true });
    const message = await ask();
    assert.deepEqual(states.map(seen), FINISHED);
    assert.deepEqual(
      message.parts.filter(({ type }) => type.startsWith('data-')),
      [],
    );
  });

  it('tell of a failure with its message', async () => {
    stream = streamOf((download) => {
      download.updateDownload('phi', { status: 'downloading', progress: 30 });
      download.failDownload('phi', new Error('The disk is full'));
    });
    await ask();
    const { status, failureCode, error, can } = states.at(-1);
    assert.deepEqual([status, failureCode, error, can.retry], ['failed', 'unknown', 'The disk is full', false]);
  });

  it('are read from the messages of a stream without a chat, too', async () => {
    const take = readDownloadParts((state) => states.push(state), { clock });
    for await (const { parts } of readUIMessageStream({ stream: streamOf(finish) })) parts.forEach(take);
    // What is read are looks at the message: those that came too quickly are not among them.
    assert.deepEqual(seen(states.at(-1)), ['completed', 100]);
    assert.ok(states.every(({ modelKey }) => modelKey === 'phi'));
  });

  it('of another provider have an id for each download, that the page knows the key of', async () => {
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
    await ask({ keyOf: () => 'nano', nameOf: (key) => `Model ${key}` });
    assert.deepEqual(states.map(seen), [
      ['queued', undefined],
      ['downloading', 0],
      ['downloading', 50],
      ['completed', 100],
    ]);
    assert.ok(states.every(({ modelKey, modelName }) => modelKey === 'nano' && modelName === 'Model nano'));
  });
});
