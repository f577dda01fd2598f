// What `<model-storage>` renders: reports as a page's own script would answer them.

const MB = 1_000_000;
const DAY = 86_400_000;

/** The fields of a model that a report below does not set. */
const model = (fields) => ({
  partialBytes: 0,
  totalBytes: undefined,
  isComplete: undefined,
  lastUsed: undefined,
  status: 'idle',
  sharedWith: [],
  ...fields,
});

const phi = model({ modelKey: 'phi', modelName: 'Phi-3 Advanced', bytes: 2256 * MB, isComplete: true, lastUsed: Date.now() });
const chat = model({
  modelKey: 'chat',
  modelName: 'Medium Chat',
  bytes: 14 * MB,
  partialBytes: 27 * MB,
  totalBytes: 99 * MB,
  isComplete: false,
  status: 'paused',
  lastUsed: Date.now() - 3 * DAY,
});
const whisper = model({ modelKey: 'whisper', modelName: 'Whisper tiny', bytes: 41 * MB, lastUsed: Date.UTC(2026, 2, 14) });
const inUse = model({
  modelKey: 'mood',
  modelName: 'DistilBERT sentiment',
  bytes: 67 * MB,
  isComplete: true,
  lastUsed: Date.now() - DAY,
  status: 'completed',
});
const loading = model({
  modelKey: 'loading',
  modelName: 'SmolLM2 135M',
  bytes: 3 * MB,
  partialBytes: 60 * MB,
  totalBytes: 138 * MB,
  isComplete: false,
  status: 'downloading',
});
const small = model({ modelKey: 'small', modelName: 'Phi-3 (small weights)', bytes: 2256 * MB, isComplete: true, sharedWith: ['phi'] });
const long = model({
  modelKey: 'long',
  modelName: 'a-publisher-with-a-long-name/An-Instructed-Model-1.5B-Preview-GGUF-'.repeat(4),
  bytes: 1_500 * MB,
  isComplete: true,
});

const site = { usage: 2420 * MB, quota: 60_000 * MB, isPersistent: false };
const others = [
  { name: 'Transformers.js', bytes: 21.6 * MB, isExact: true },
  { name: 'WebLLM', bytes: 1_840 * MB, isExact: false },
  { name: 'wllama', bytes: 380 * MB, isExact: true },
];

/** @type {Readonly<Record<string, import('model-download').StorageReport>>} */
export const storageStates = {
  models: { models: [phi, chat, whisper, inUse, loading], unmeasured: [], others, ...site },
  persistent: { models: [phi], unmeasured: [], others: [], ...site, isPersistent: true },
  shared: {
    models: [phi, { ...small, bytes: phi.bytes }].map((one, at) => ({ ...one, sharedWith: at ? ['phi'] : ['small'] })),
    unmeasured: [],
    others: [],
    ...site,
  },
  'long-name': { models: [long, inUse], unmeasured: ['other'], others: [], usage: 1567 * MB, quota: undefined, isPersistent: undefined },
  empty: { models: [], unmeasured: [], others: [], usage: 4_096, quota: 60_000 * MB, isPersistent: undefined },
};

/** The states of the downloads in the reports. */
export const downloadStates = {
  chat: { status: 'paused', bytesDownloaded: 41 * MB, totalBytes: 99 * MB, progress: 41.4, can: { resume: true, cancel: true } },
  mood: { status: 'completed', bytesDownloaded: 67 * MB, totalBytes: 67 * MB, progress: 100, can: {} },
  loading: { status: 'downloading', bytesDownloaded: 63 * MB, totalBytes: 138 * MB, progress: 45.7, speed: 3 * MB, can: { cancel: true } },
};
