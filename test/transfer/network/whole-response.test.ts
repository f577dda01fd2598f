import { expect } from 'chai';
import { inspectResponse, isCompiled } from '#dist/transfer/network/whole-response.js';
import { FakeClock } from '../../support/fake-clock.js';
import { rejectionOf } from '../../support/rejection-of.js';
import { answer, bytesOf, PushedBody } from '../../support/transfer-parts.js';

async function readAll(body: ReadableStream<Uint8Array>): Promise<number[]> {
  return [...new Uint8Array(await new Response(body).arrayBuffer())];
}

describe('isCompiled', () => {
  it('is true for WebAssembly, whatever parameters its type has', () => {
    for (const type of ['application/wasm', 'Application/WASM', 'application/wasm; charset=utf-8'])
      expect(isCompiled(answer('', { headers: { 'Content-Type': type } })), type).to.equal(true);
    for (const type of ['application/octet-stream', 'application/wasmx', 'x-application/wasm', ''])
      expect(isCompiled(answer('', { headers: { 'Content-Type': type } })), type).to.equal(false);
    const response = answer('');
    response.headers.delete('Content-Type');
    expect(isCompiled(response)).to.equal(false);
  });
});

describe('inspectResponse', () => {
  it('finds the length of a body that has arrived, and leaves the response unread', async () => {
    const clock = new FakeClock();
    const source = new PushedBody();
    source.push(bytesOf(1, 2), bytesOf(3));
    source.end();
    const response = new Response(source.stream);
    const { length, body } = await inspectResponse(response, clock);
    expect(length).to.equal(3);
    expect(clock.pending).to.equal(0);
    expect(await readAll(body)).to.deep.equal([1, 2, 3]);
    expect([...new Uint8Array(await response.arrayBuffer())]).to.deep.equal([1, 2, 3]);
  });

  it('finds no length of a body that has not arrived within 200 ms, and reads it on', async () => {
    const clock = new FakeClock();
    const source = new PushedBody();
    source.push(bytesOf(1, 2));
    const inspecting = inspectResponse(new Response(source.stream), clock);
    let isSettled = false;
    void inspecting.then(() => (isSettled = true));
    await clock.advanceAsync(199);
    expect(isSettled).to.equal(false);
    clock.advance(1);
    const { length, body } = await inspecting;
    expect(length).to.equal(undefined);
    source.push(bytesOf(3), bytesOf(4));
    source.end();
    expect(await readAll(body)).to.deep.equal([1, 2, 3, 4]);
    expect(clock.pending).to.equal(0);
  });

  it('delivers the bytes before an error, then the error', async () => {
    const clock = new FakeClock();
    const error = new TypeError('network error');
    let isSent = false;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (isSent) controller.error(error);
          else controller.enqueue(bytesOf(1, 2));
          isSent = true;
        },
      },
      { highWaterMark: 0 },
    );
    const { length, body } = await inspectResponse(new Response(stream), clock);
    expect(length).to.equal(undefined);
    expect(clock.pending).to.equal(0);
    const reader = body.getReader();
    expect((await reader.read()).value).to.deep.equal(bytesOf(1, 2));
    expect(await rejectionOf(reader.read())).to.be.instanceOf(TypeError);
  });

  it('cancels the response, if both of its copies are cancelled', async () => {
    const clock = new FakeClock();
    const source = new PushedBody();
    const response = new Response(source.stream);
    const inspecting = inspectResponse(response, clock);
    clock.advance(200);
    const { body } = await inspecting;
    const cancelling = body.cancel('enough');
    await response.body?.cancel();
    await cancelling;
    expect(source.cancelled).not.to.equal(undefined);
  });

  it('rejects a response without a body', async () => {
    expect(await rejectionOf(inspectResponse(new Response(null), new FakeClock()))).to.be.instanceOf(TypeError);
  });
});
