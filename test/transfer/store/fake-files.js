// A stand-in for the origin private file system and the worker that writes to it: Node has neither.
import { writeFile } from '../../../dist/transfer/store/write-file.js';
import { stub } from '../ports-support.js';

/** The current time of new files, in ms since 1970. */
const NOW = 1_000_000_000_000;

const refuse = (name) => {
  throw new DOMException('refused', name);
};

class FakeFile {
  kind = 'file';
  bytes = new Uint8Array();
  lastModified = NOW;
  isOpen = false;
  /** @param {FakeFiles} files */
  constructor(files) {
    this.files = files;
  }
  async getFile() {
    return new File([this.bytes], 'file', { lastModified: this.lastModified });
  }
  async createSyncAccessHandle() {
    const { files } = this;
    if (files.failure && files.failsAt === 'open') refuse(files.failure);
    this.isOpen = true;
    return {
      write: (bytes) => {
        if (files.failure && files.failsAt === 'write') refuse(files.failure);
        this.bytes = bytes.slice(0, files.room);
        return this.bytes.length;
      },
      close: () => (this.isOpen = false),
    };
  }
}

/** The directory of the segments, and faults of its platform. */
export class FakeFiles {
  /** @type {Map<string, FakeFile>} */
  entries = new Map();
  exists = false;
  /** The name of the error of the next writes; none by default. */
  failure = '';
  /** @type {'open' | 'write'} */
  failsAt = 'write';
  /** The most bytes that a file takes. */
  room = Infinity;
  /** Replaces the file system of the platform. */
  static install(test) {
    const files = new FakeFiles();
    const directory = {
      getFileHandle: async (name, { create = false } = {}) => {
        if (create) files.entries.set(name, new FakeFile(files));
        return files.entries.get(name) ?? refuse('NotFoundError');
      },
      removeEntry: async (name) => {
        if (files.entries.get(name)?.isOpen) refuse('NoModificationAllowedError');
        if (!files.entries.delete(name)) refuse('NotFoundError');
      },
      entries: async function* () {
        yield* files.entries;
      },
    };
    const root = {
      getDirectoryHandle: async (_name, { create = false } = {}) => {
        files.exists ||= create;
        return files.exists ? directory : refuse('NotFoundError');
      },
    };
    stub(test, 'navigator', { value: { storage: { getDirectory: async () => root } } });
    return files;
  }

  /** Adds a file that no entry in Cache Storage names. */
  add(name, age) {
    const file = new FakeFile(this);
    file.lastModified = NOW - age;
    this.exists = true;
    this.entries.set(name, file);
  }

  static get now() {
    return NOW;
  }
}

/** A use of a worker that writes files in this thread. */
export const writingLease = () => {
  const lease = {
    leases: 0,
    closes: 0,
    /** @type {(result: Promise<object>) => Promise<object>} Changes the replies of the worker. */
    reply: (result) => result,
    open: async () => {
      lease.leases++;
      return {
        open: () => refuse('NotSupportedError'),
        close: () => void lease.closes++,
        write: async (name, bytes) => {
          const content = structuredClone(bytes, { transfer: [bytes.buffer] });
          const result = writeFile(name, content).then(
            (sha256) => ({ sha256 }),
            ({ name, message }) => ({ failure: { name, message } }),
          );
          return lease.reply(result);
        },
      };
    },
  };
  return lease;
};
