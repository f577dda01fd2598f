// An abort in each turn of the event loop in which a portion is read and stored. It takes seconds, so mutation tests omit it.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertBytes, contentOf, FILE, file, readSome, World } from './transfer-support.js';

const MiB = 1024 * 1024;
const strong = { headers: { ETag: '"one"' } };

describe('an abort', () => {
  it('at any moment of a read leaves no wrong bytes in the store', async () => {
    // More than is read ahead, so that bytes arrive at the moment in which others are read.
    const large = contentOf(12 * MiB);
    for (let turns = 10; turns < 40; turns++) {
      const world = new World((request) => ({ ...file(large, strong)(request), chunk: 300_000 }));
      const controller = new AbortController();
      const response = await world.run(world.visit({ segmentSize: MiB })(FILE, { signal: controller.signal }));
      const body = await world.run(readSome(response, 1));
      await world.pass(300);
      const reading = body.reader.read().then(() => body.rest());
      reading.catch(() => undefined);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      controller.abort();
      await world.pass(500);
      const held = await world.store.find(FILE);
      const bytes = [];
      for await (const piece of world.store.read(held, 0)) bytes.push(piece);
      assert.ok(held.length > 0);
      assertBytes(Buffer.concat(bytes), large.subarray(0, held.length));
    }
  });
});
