import { expect } from 'chai';
import { copyBody } from '#dist/model/device/copy-body.js';

function responseOf(...chunks: readonly string[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      for (const chunk of chunks) stream.enqueue(encoder.encode(chunk));
      stream.close();
    },
  });
  return new Response(body, { status: 203, headers: { 'Content-Type': 'text/own', 'X-Own': '1' } });
}

function copyOf(response: Response, write: (copy: Response) => Promise<void>) {
  const steps: (string | number)[] = [];
  const copied = copyBody(response, write, {
    onEnd: () => Promise.resolve(void steps.push('end')),
    onCopied: (size) => Promise.resolve(void steps.push(size)),
  });
  return { ...copied, steps };
}

describe('copyBody', () => {
  it('writes the body while it is read, with its type only', async () => {
    let copy: Promise<string> | undefined;
    let type: string | null = null;
    const { response, kept, steps } = copyOf(responseOf('one ', 'two'), async (written) => {
      type = written.headers.get('Content-Type');
      await (copy = written.text());
    });
    expect(response.status).to.equal(203);
    expect(response.headers.get('X-Own')).to.equal('1');
    expect(await response.text()).to.equal('one two');
    expect(await kept).to.equal(true);
    expect(await copy).to.equal('one two');
    expect(type).to.equal('text/own');
    expect(steps).to.deep.equal(['end', 7]);
  });

  it('delivers the body if the cache refuses it', async () => {
    const refuse = (): Promise<never> => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const { response, kept, steps } = copyOf(responseOf('one ', 'two'), refuse);
    expect(await response.text()).to.equal('one two');
    expect(await kept).to.equal(false);
    expect(steps).to.not.include(7);
  });

  it('delivers a body immediately if the cache refuses it without reading the copy', async () => {
    const startedAt = performance.now();
    const refuse = (): Promise<never> => Promise.reject(new DOMException('full', 'QuotaExceededError'));
    const { response } = copyOf(responseOf('one ', 'two ', 'three'), refuse);
    expect(await response.text()).to.equal('one two three');
    expect(performance.now() - startedAt).to.be.below(5_000);
  });

  it('delivers the last byte and the end of a body before the disk has written them', async () => {
    const startedAt = performance.now();
    const { response } = copyOf(responseOf('all'), () => new Promise(() => undefined));
    expect(await response.text()).to.equal('all');
    expect(performance.now() - startedAt).to.be.below(5_000);
  });

  it('drops the copy of a body that fails, and reports the error to the reader', async () => {
    const reason = new TypeError('network error');
    const broken = new Response(new ReadableStream({ pull: (stream) => stream.error(reason) }));
    const { response, kept } = copyOf(broken, (copy) => copy.arrayBuffer().then(() => undefined));
    // Firefox rejects with its own error.
    expect(await response.text().catch((error: unknown) => error)).to.be.instanceOf(Error);
    expect(await kept).to.equal(false);
  });

  it('drops the copy when the reader cancels', async () => {
    const { response, kept } = copyOf(responseOf('one'), (copy) => copy.arrayBuffer().then(() => undefined));
    await response.body?.cancel();
    expect(await kept).to.equal(false);
  });

  it('copies an empty body', async () => {
    const { response, kept, steps } = copyOf(new Response(null), (copy) => copy.arrayBuffer().then(() => undefined));
    expect(await response.text()).to.equal('');
    expect(await kept).to.equal(true);
    expect(steps).to.deep.equal(['end', 0]);
  });
});
