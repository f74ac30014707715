import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { describe, it } from 'node:test';
import { randomSource } from '../../../labs/engine/random/random.ts';
import { fuzzFrames } from '../testing/fuzz-frames.ts';
import { FrameChannel, FrameError, frameHead, FrameReader, secretBytes } from './frames.ts';

const secret = Buffer.alloc(secretBytes, 7);
const limits = { message: 1000, body: 100 };

function reader(): FrameReader {
  return new FrameReader(secret, limits, () => assert.fail('nothing is to be heard'));
}

describe('frames', () => {
  it('arrive whole and in order, whatever the pieces, and what is none is noticed', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = randomSource(seed).stream('pipe');
      assert.doesNotThrow(() => fuzzFrames(() => random.uniform()), `seed ${seed}`);
    }
  });

  it('are refused at the first byte that is not of the secret', () => {
    assert.throws(() => reader().push(Buffer.from([1])), FrameError);
    assert.throws(() => reader().push(frameHead(Buffer.alloc(secretBytes, 8), { type: 'report' }, 0)), FrameError);
  });

  it('are refused before room is made for what is too long', () => {
    assert.throws(() => reader().push(frameHead(secret, 'x'.repeat(2000), 0)), /too long/);
    assert.throws(() => reader().push(frameHead(secret, 'x', 2 ** 31)), /too long/);
  });

  it('are refused when V8 cannot read them', () => {
    const frame = frameHead(secret, { type: 'report' }, 0);
    frame.fill(0xee, secretBytes + 8);
    assert.throws(() => reader().push(frame), /cannot be read/);
  });

  it('go both ways once the runner has heard the secret', async () => {
    const [down, up] = [new PassThrough(), new PassThrough()];
    const silent = { wrong: (error: Error) => assert.fail(error), closed: () => {} };
    const atHost = Promise.withResolvers<unknown>();
    const host = new FrameChannel(Duplex.from({ readable: up, writable: down }), secret, limits, {
      ...silent,
      take: (message, body) => atHost.resolve([message, ...body]),
    });
    const runner: FrameChannel = new FrameChannel(Duplex.from({ readable: down, writable: up }), undefined, limits, {
      ...silent,
      take: (message) => runner.send({ heard: message }, Buffer.from([1, 2])),
    });
    host.send('hello');
    assert.deepEqual(await atHost.promise, [{ heard: 'hello' }, 1, 2]);
    down.destroy();
    await once(down, 'close');
  });
});
