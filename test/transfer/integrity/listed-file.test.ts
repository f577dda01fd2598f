import { expect } from 'chai';
import type { KnownFile } from '#dist/transfer/integrity/known-file.js';
import { ListedFile } from '#dist/transfer/integrity/listed-file.js';
import { deferred } from '../../support/deferred.js';
import { FakeClock, settle } from '../../support/fake-clock.js';

const KNOWN: KnownFile = { size: 10, sha256: 'a'.repeat(64), oid: undefined };

/** A listing whose answers a test gives. */
class Lookups {
  readonly requests: { fresh: boolean; resolve: (known: KnownFile | undefined) => void; reject: (error: Error) => void }[] = [];

  readonly lookUp = ({ fresh = false }: { readonly fresh?: boolean }): Promise<KnownFile | undefined> =>
    new Promise((resolve, reject) => this.requests.push({ fresh, resolve, reject }));
}

function listed(source: object = {}) {
  const clock = new FakeClock();
  const lookups = new Lookups();
  return { clock, lookups, file: new ListedFile(source, lookups.lookUp, clock) };
}

function watch(promise: Promise<boolean>): { value?: boolean } {
  const state: { value?: boolean } = {};
  void promise.then((value) => (state.value = value));
  return state;
}

describe('ListedFile', () => {
  it('requests the listing once, and knows the file by its response', async () => {
    const { lookups, file, clock } = listed();
    file.request();
    file.request();
    expect(lookups.requests).to.have.lengthOf(1);
    expect(lookups.requests[0]?.fresh).to.equal(false);
    expect(file.size).to.equal(undefined);
    expect(file.hasHash).to.equal(false);
    const settling = watch(file.isSettled());
    await settle();
    expect(settling.value).to.equal(undefined);
    lookups.requests[0]?.resolve(KNOWN);
    await settle();
    expect(settling.value).to.equal(true);
    expect(file.size).to.equal(10);
    expect(file.hasHash).to.equal(true);
    expect(await file.isSettled()).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('has a hash by git’s alone, and none by a size alone', async () => {
    for (const [known, hasHash] of [
      [{ size: 1, sha256: undefined, oid: 'b' }, true],
      [{ size: 1, sha256: undefined, oid: undefined }, false],
      [undefined, false],
    ] as const) {
      const { lookups, file } = listed();
      file.request();
      lookups.requests[0]?.resolve(known);
      await settle();
      expect(file.hasHash).to.equal(hasHash);
    }
  });

  it('counts a listing that rejects as one without the file', async () => {
    const { lookups, file } = listed();
    file.request();
    lookups.requests[0]?.reject(new Error('no'));
    expect(await file.isSettled()).to.equal(true);
    expect(file.size).to.equal(undefined);
  });

  it('is waited for until a second after its request', async () => {
    const { clock, lookups, file } = listed();
    file.request();
    await clock.advanceAsync(400);
    const settling = watch(file.isSettled());
    await clock.advanceAsync(599);
    expect(settling.value).to.equal(undefined);
    await clock.advanceAsync(1);
    expect(settling.value).to.equal(false);
    const again = watch(file.isSettled());
    await clock.advanceAsync(10);
    expect(again.value).to.equal(false);
    lookups.requests[0]?.resolve(KNOWN);
    await settle();
    expect(await file.isSettled()).to.equal(true);
    expect(clock.pending).to.equal(0);
  });

  it('is waited for only a moment where the same listing has just been slow', async () => {
    const source = {};
    const slow = listed(source);
    slow.file.request();
    const waiting = slow.file.isSettled();
    await slow.clock.advanceAsync(1_000);
    expect(await waiting).to.equal(false);

    const lookups = new Lookups();
    const next = new ListedFile(source, lookups.lookUp, slow.clock);
    next.request();
    const settling = watch(next.isSettled());
    await slow.clock.advanceAsync(9);
    expect(settling.value).to.equal(undefined);
    await slow.clock.advanceAsync(1);
    expect(settling.value).to.equal(false);

    // Another listing is not affected.
    const other = new ListedFile({}, lookups.lookUp, slow.clock);
    other.request();
    const waited = watch(other.isSettled());
    await slow.clock.advanceAsync(500);
    expect(waited.value).to.equal(undefined);
    await slow.clock.advanceAsync(500);
    expect(waited.value).to.equal(false);

    // Half a minute later it is waited for as before.
    await slow.clock.advanceAsync(29_000, 1_000);
    const later = new ListedFile(source, lookups.lookUp, slow.clock);
    later.request();
    const patient = watch(later.isSettled());
    await slow.clock.advanceAsync(500);
    expect(patient.value).to.equal(undefined);
    await slow.clock.advanceAsync(500);
    expect(patient.value).to.equal(false);
  });

  it('is waited for as before once it has answered', async () => {
    const source = {};
    const { clock, lookups, file } = listed(source);
    file.request();
    const waiting = file.isSettled();
    await clock.advanceAsync(1_000);
    expect(await waiting).to.equal(false);
    lookups.requests[0]?.resolve(KNOWN);
    await settle();
    const next = new ListedFile(source, new Lookups().lookUp, clock);
    next.request();
    const settling = watch(next.isSettled());
    await clock.advanceAsync(500);
    expect(settling.value).to.equal(undefined);
  });

  it('gives up a listing after five seconds', async () => {
    const { clock, file } = listed();
    file.request();
    await clock.advanceAsync(5_000);
    expect(await file.isSettled()).to.equal(true);
    expect(file.size).to.equal(undefined);
    expect(clock.pending).to.equal(0);
  });

  it('reads the size by a new listing', async () => {
    const { clock, lookups, file } = listed();
    const reading = file.readSize();
    expect(lookups.requests[0]?.fresh).to.equal(true);
    lookups.requests[0]?.resolve({ ...KNOWN, size: 20 });
    expect(await reading).to.equal(20);
    const missing = file.readSize();
    lookups.requests[1]?.resolve(undefined);
    expect(await missing).to.equal(undefined);
    const silent = file.readSize();
    await clock.advanceAsync(5_000);
    expect(await silent).to.equal(undefined);
  });

  it('compares the hashes of a new listing with those of the first', async () => {
    const git: KnownFile = { size: 10, sha256: undefined, oid: 'b' };
    const cases: [KnownFile | undefined, KnownFile | undefined, boolean][] = [
      [KNOWN, KNOWN, true],
      [KNOWN, { ...KNOWN, sha256: 'c' }, false],
      [KNOWN, git, false],
      [git, { ...git, size: 11 }, true],
      [git, { ...git, oid: 'c' }, false],
      [KNOWN, undefined, true],
      [undefined, KNOWN, false],
    ];
    for (const [index, [first, fresh, expected]] of cases.entries()) {
      const { lookups, file } = listed();
      file.request();
      const comparing = file.isUnchanged();
      lookups.requests[0]?.resolve(first);
      await settle();
      lookups.requests[1]?.resolve(fresh);
      expect(await comparing, `case ${index}`).to.equal(expected);
    }
  });

  it('waits for the first listing before it compares', async () => {
    const { lookups, file } = listed();
    file.request();
    const { promise, resolve } = deferred<boolean>();
    void file.isUnchanged().then(resolve);
    await settle();
    expect(lookups.requests).to.have.lengthOf(1);
    lookups.requests[0]?.resolve(KNOWN);
    await settle();
    lookups.requests[1]?.resolve(KNOWN);
    expect(await promise).to.equal(true);
  });
});
