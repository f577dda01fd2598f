import { expect } from 'chai';
import { DownloadFailure } from 'model-download/core';
import { requestPort } from '#dist/core/time/request-port.js';
import { deferred } from '../../support/deferred.js';
import { FakeClock, settle } from '../../support/fake-clock.js';

const never = (): Promise<number> => new Promise(() => undefined);
const refuse = (): never => {
  throw new DOMException('refused', 'SecurityError');
};

describe('requestPort', () => {
  it('resolves with the result of the interface', async () => {
    const clock = new FakeClock();
    const port = { value: 5 };
    expect(
      await requestPort(
        () => port,
        ({ value }) => Promise.resolve(value),
        clock,
      ),
    ).to.equal(5);
    await settle();
    expect(clock.pending).to.equal(0);
  });

  it('resolves with undefined where the interface is missing or refuses', async () => {
    const clock = new FakeClock();
    expect(await requestPort<object, number>(() => undefined, refuse, clock)).to.equal(undefined);
    expect(await requestPort<object, number>(refuse, never, clock)).to.equal(undefined);
    expect(await requestPort<object, number>(() => ({}), refuse, clock)).to.equal(undefined);
    expect(
      await requestPort<object, number>(
        () => ({}),
        () => Promise.reject(new Error('no')),
        clock,
      ),
    ).to.equal(undefined);
  });

  it('waits a second, and does not call an interface again that was silent', async () => {
    const clock = new FakeClock();
    const port = {};
    let isSettled = false;
    const waiting = requestPort(() => port, never, clock);
    void waiting.then(() => (isSettled = true));
    await clock.advanceAsync(999);
    expect(isSettled).to.equal(false);
    await clock.advanceAsync(1);
    expect(await waiting).to.equal(undefined);
    let calls = 0;
    expect(
      await requestPort(
        () => port,
        () => Promise.resolve((calls += 1)),
        clock,
      ),
    ).to.equal(undefined);
    expect(calls).to.equal(0);
    expect(
      await requestPort(
        () => ({}),
        () => Promise.resolve(5),
        clock,
      ),
    ).to.equal(5);
  });

  for (const end of ['resolve', 'reject'] as const) {
    it(`calls an interface again whose late answer ${end === 'resolve' ? 'arrives' : 'is a refusal'}`, async () => {
      const clock = new FakeClock();
      const port = {};
      const late = deferred<number>();
      const waiting = requestPort(
        () => port,
        () => late.promise,
        clock,
      );
      await clock.advanceAsync(1_000);
      expect(await waiting).to.equal(undefined);
      const ask = (): Promise<number | undefined> =>
        requestPort(
          () => port,
          () => Promise.resolve(5),
          clock,
        );
      expect(await ask()).to.equal(undefined);
      if (end === 'resolve') late.resolve(1);
      else late.reject(new Error('closed'));
      await settle();
      expect(await ask()).to.equal(5);
    });
  }

  it('calls an interface again that has refused once', async () => {
    const clock = new FakeClock();
    const port = {};
    for (const cause of [new Error('timeout'), new DownloadFailure('network', 'no')]) {
      await requestPort<object, number>(
        () => port,
        () => Promise.reject(cause),
        clock,
      );
      expect(
        await requestPort(
          () => port,
          () => Promise.resolve(5),
          clock,
        ),
      ).to.equal(5);
    }
  });

  it('has another limit, or none', async () => {
    const clock = new FakeClock();
    const short = requestPort(() => ({}), never, clock, 10);
    await clock.advanceAsync(10, 5);
    expect(await short).to.equal(undefined);
    let isSettled = false;
    void requestPort(() => ({}), never, clock, Infinity).then(() => (isSettled = true));
    await clock.advanceAsync(100_000, 10_000);
    expect(isSettled).to.equal(false);
    expect(clock.pending).to.equal(0);
  });
});
