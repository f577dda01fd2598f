import { expect } from 'chai';
import { classifyFailure, DownloadFailure } from 'model-download/core';
import { codeOfStatus } from '#dist/core/internal.js';

const url = 'https://huggingface.co/org/model/resolve/main/onnx/model.onnx';
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('classifyFailure', () => {
  for (const [engine, error] of [
    ['Chromium, mid-stream', new TypeError('network error')],
    ['Chromium, at the start', new TypeError('Failed to fetch')],
    ['Firefox, mid-stream', new TypeError('Error in input stream')],
    ['Firefox, at the start', new TypeError('NetworkError when attempting to fetch resource.')],
    ['Safari', new TypeError('Load failed')],
    ['Safari, mid-stream', new TypeError('The network connection was lost.')],
    ['Node, mid-stream', new TypeError('terminated')],
    ['Node, at the start', new TypeError('fetch failed')],
  ] as const) {
    it(`recognizes a broken connection by the message of ${engine}`, () => {
      expect(classifyFailure(error).code).to.equal('network');
      expect(classifyFailure(error, true).code).to.equal('network');
      expect(classifyFailure(error, false).code).to.equal('offline');
    });
  }

  for (const [message, code, httpStatus] of [
    [`Unauthorized access to file: "${url}".`, 'unauthorized', 401],
    [`Forbidden access to file: "${url}".`, 'unauthorized', 403],
    [`Could not locate file: "${url}".`, 'not-found', 404],
    [`Request timeout error occurred while trying to load file: "${url}".`, 'timeout', 408],
    [`Error (429) occurred while trying to load file: "${url}".`, 'rate-limited', 429],
    [`Internal server error error occurred while trying to load file: "${url}".`, 'http', 500],
    [`Bad gateway error occurred while trying to load file: "${url}".`, 'http', 502],
    [`Service unavailable error occurred while trying to load file: "${url}".`, 'http', 503],
    [`Gateway timeout error occurred while trying to load file: "${url}".`, 'http', 504],
  ] as const) {
    it(`reads ${httpStatus} from the message of Transformers.js`, () => {
      expect(classifyFailure(new Error(message))).to.include({ code, httpStatus, message });
    });
  }

  it('uses the hub’s error code for a missing model, whatever the status', () => {
    for (const missing of ['RepoNotFound', 'RevisionNotFound', 'EntryNotFound']) expect(codeOfStatus(401, missing)).to.equal('not-found');
    for (const other of ['GatedRepo', 'RepoNotFoundable', '', null, undefined]) expect(codeOfStatus(401, other)).to.equal('unauthorized');
  });

  it('reads the status that version 4 sets', () => {
    const error = Object.assign(new Error('not there'), { name: 'ModelFileNotFoundError', status: 404 });
    expect(classifyFailure(error)).to.include({ code: 'not-found', httpStatus: 404 });
  });

  for (const [error, code] of [
    [named('AbortError', 'The user aborted a request.'), 'aborted'],
    [named('TimeoutError', 'signal timed out'), 'timeout'],
    [named('QuotaExceededError', 'Quota exceeded.'), 'quota'],
    [new SyntaxError(`Unexpected token '<', "<!doctype "... is not valid JSON`), 'corrupt'],
    [new Error("Can't create a session"), 'runtime'],
    [new Error('no available backend found. ERR: [wasm] Error'), 'runtime'],
    [
      new Error('no available backend found. ERR: [wasm] TypeError: Failed to fetch dynamically imported module: https://cdn.test/ort.mjs'),
      'runtime',
    ],
    // The page's own import, as of Transformers.js, may succeed at the next attempt.
    [new TypeError('Failed to fetch dynamically imported module: https://cdn.test/transformers.mjs'), 'network'],
    [new Error('WebAssembly.instantiate(): violates the following Content Security Policy directive: "script-src \'self\'"'), 'blocked'],
    [new RangeError('Array buffer allocation failed'), 'runtime'],
    [new Error('Failed to load model because protobuf parsing failed.'), 'runtime'],
    [new Error('something else'), 'unknown'],
  ] as const) {
    it(`classifies “${error.name}: ${error.message.slice(0, 40)}” as ${code}`, () => {
      expect(classifyFailure(error).code).to.equal(code);
    });
  }

  it('accepts any thrown value, and keeps it as the cause', () => {
    for (const thrown of [undefined, null, 'text', 7, {}, [], { message: 5 }, { name: 3, message: '' }]) {
      const failure = classifyFailure(thrown);
      expect(failure.code).to.equal('unknown');
      expect(failure.cause).to.equal(thrown);
      expect(failure.message).to.be.a('string').and.not.equal('');
    }
  });

  it('returns a failure unchanged', () => {
    const failure = new DownloadFailure('changed', 'The file changed.');
    expect(classifyFailure(failure)).to.equal(failure);
  });

  it('does not throw when the getters of the thrown value do', () => {
    const trap: unknown = new Proxy(
      {},
      {
        get: () => {
          throw new Error('a getter of the page');
        },
      },
    );
    expect(classifyFailure(trap)).to.include({ code: 'unknown', message: 'Unknown error' });
  });

  it('reads a status only from a message that begins with the sentence', () => {
    for (const sentence of [
      'Unauthorized access to file',
      'Forbidden access to file',
      'Could not locate file',
      'Request timeout error occurred',
      'Error (429) occurred while trying to load file',
      'Internal server error error occurred',
      'Bad gateway error occurred',
      'Service unavailable error occurred',
      'Gateway timeout error occurred',
    ]) {
      expect(classifyFailure(new Error(`${sentence}: "${url}"`)).httpStatus, sentence).to.be.a('number');
      const quoted = classifyFailure(new Error(`The page logged: ${sentence}`));
      expect([quoted.code, quoted.httpStatus], sentence).to.deep.equal(['unknown', undefined]);
    }
  });

  it('reads only a status of an HTTP error', () => {
    const statusOf = (status: unknown): number | undefined => classifyFailure({ message: 'broken', status }).httpStatus;
    for (const status of [400, 404, 500, 599]) expect(statusOf(status)).to.equal(status);
    for (const status of [0, 200, 399, 600, NaN, Infinity, '404', [404], null, undefined]) expect(statusOf(status)).to.equal(undefined);
  });

  it('reads the status of a failure that another copy of the package has made', () => {
    const foreign = { name: 'DownloadFailure', code: 'http', message: 'HTTP 503', httpStatus: 503 };
    expect(classifyFailure(foreign)).to.include({ code: 'http', httpStatus: 503, message: 'HTTP 503', cause: foreign });
    expect(classifyFailure({ ...foreign, status: 404 })).to.include({ httpStatus: 503 });
  });

  it('prefers a status to the message', () => {
    const error = Object.assign(new TypeError('Failed to fetch'), { status: 429 });
    expect(classifyFailure(error, false)).to.include({ code: 'rate-limited', httpStatus: 429 });
  });

  it('has the text of a primitive as its message', () => {
    for (const [thrown, message] of [
      ['text', 'text'],
      [7, '7'],
      [undefined, 'undefined'],
      [null, 'null'],
      [Symbol('odd'), 'Symbol(odd)'],
    ] as const) {
      expect(classifyFailure(thrown).message).to.equal(message);
    }
    for (const thrown of [{}, { message: 5 }, { message: '' }, []]) expect(classifyFailure(thrown).message).to.equal('Unknown error');
  });

  it('recognises a connection by a text, too', () => {
    expect(classifyFailure('Failed to fetch').code).to.equal('network');
    expect(classifyFailure('read ECONNRESET', false).code).to.equal('offline');
    for (const text of ['Connection lost', 'The connection was lost', 'Error in body stream', 'other side closed the socket']) {
      expect(classifyFailure(text).code, text).to.equal('network');
    }
  });
});

describe('codeOfStatus', () => {
  it('has a code for each kind of HTTP error', () => {
    const codes = { 400: 'http', 401: 'unauthorized', 403: 'unauthorized', 404: 'not-found', 408: 'timeout', 410: 'not-found' };
    for (const [status, code] of Object.entries({ ...codes, 416: 'http', 425: 'http', 429: 'rate-limited', 500: 'http', 503: 'http' })) {
      expect(codeOfStatus(Number(status)), status).to.equal(code);
    }
  });

  it('reads the code of the hub as a whole', () => {
    for (const code of ['XRepoNotFound', 'RepoNotFoundX', 'NotFound', 'repoNotFound'])
      expect(codeOfStatus(403, code)).to.equal('unauthorized');
    expect(codeOfStatus(500, 'EntryNotFound')).to.equal('not-found');
  });
});
