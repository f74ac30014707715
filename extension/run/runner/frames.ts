/**
 * What goes through the pipe between host and runner: frames of a capped length, each behind a secret.
 *
 * Why a pipe of our own and not Node's: the code that runs shares the runner's file descriptors. What it writes to one
 * of them Node takes for a message, and throws at the host when it is none. A frame begins with bytes that only the
 * host and the runner's main thread know, so that whatever else is written is seen for what it is.
 *
 *     16 bytes  the secret
 *      4 bytes  length of the message, little endian
 *      4 bytes  length of the body
 *               the message, as V8 serializes it
 *               the body: bytes that nobody need take apart, and that are copied once
 */
import type { Duplex } from 'node:stream';
import { deserialize, serialize } from 'node:v8';

export const secretBytes = 16;
const headerBytes = secretBytes + 8;
const noBytes = new Uint8Array(0);

/** What arrived is no frame. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

type Part = 'secret' | 'header' | 'message' | 'body';

/** What a frame may hold at most, in bytes. */
export interface FrameLimits {
  message: number;
  body: number;
}

/**
 * Takes frames apart, however the bytes arrive.
 * @throws FrameError out of `push`, at the first byte that is not as it must be
 */
export class FrameReader {
  #secret: Uint8Array | undefined;
  readonly #limits: FrameLimits;
  readonly #take: (message: unknown, body: Uint8Array<ArrayBuffer>) => void;
  #filling: Buffer;
  #filled = 0;
  #fillWith: Part;
  #bodyLength = 0;
  #message: unknown;

  /**
   * @param secret undefined: it is what arrives first
   * @param take is given each message, and its body in a buffer of its own
   */
  constructor(
    secret: Uint8Array | undefined,
    limits: FrameLimits,
    take: (message: unknown, body: Uint8Array<ArrayBuffer>) => void,
  ) {
    this.#secret = secret;
    this.#limits = limits;
    this.#take = take;
    this.#fillWith = secret ? 'header' : 'secret';
    this.#filling = Buffer.alloc(secret ? headerBytes : secretBytes);
  }

  /** Once it is known. */
  get secret(): Uint8Array | undefined {
    return this.#secret;
  }

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      const copied = chunk.copy(this.#filling, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#fillWith === 'header') this.#requireSecret();
      // What has no bytes is full at once.
      while (this.#filled === this.#filling.length) this.#full();
    }
  }

  /** Whoever writes something else is found out at once, and not when a header has come together. */
  #requireSecret(): void {
    const known = Math.min(this.#filled, secretBytes);
    if (Buffer.compare(this.#filling.subarray(0, known), this.#secret!.subarray(0, known)) !== 0) {
      throw new FrameError('it does not begin as a message does');
    }
  }

  #full(): void {
    const filled = this.#filling;
    switch (this.#fillWith) {
      case 'secret':
        this.#secret = filled;
        return this.#fill('header', headerBytes);
      case 'header': {
        const length = filled.readUInt32LE(secretBytes);
        this.#bodyLength = filled.readUInt32LE(secretBytes + 4);
        if (length > this.#limits.message || this.#bodyLength > this.#limits.body) {
          throw new FrameError(`a message of ${length + this.#bodyLength} bytes is too long`);
        }
        return this.#fill('message', length);
      }
      case 'message':
        try {
          this.#message = deserialize(filled);
        } catch (error) {
          throw new FrameError(`it cannot be read: ${(error as Error).message}`);
        }
        return this.#fill('body', this.#bodyLength);
      case 'body': {
        const message = this.#message;
        this.#message = undefined;
        this.#fill('header', headerBytes);
        this.#take(message, filled as Uint8Array<ArrayBuffer>);
      }
    }
  }

  #fill(what: Part, length: number): void {
    this.#fillWith = what;
    this.#filling = Buffer.allocUnsafeSlow(length);
    this.#filled = 0;
  }
}

/** The bytes of a frame up to its body. @throws Error when the message holds what cannot be sent */
export function frameHead(secret: Uint8Array, message: unknown, bodyLength: number): Buffer {
  const bytes = serialize(message);
  const head = Buffer.allocUnsafe(headerBytes + bytes.length);
  head.set(secret);
  head.writeUInt32LE(bytes.length, secretBytes);
  head.writeUInt32LE(bodyLength, secretBytes + 4);
  head.set(bytes, headerBytes);
  return head;
}

/** One end of the pipe. */
export class FrameChannel {
  readonly #stream: Duplex;
  readonly #reader: FrameReader;
  #closed = false;

  /**
   * @param secret the host makes it up, and hands it over with this; the runner takes what comes, and is silent before
   * @param hear `take` is given each message, and what it throws counts as a message that is wrong; `wrong` is told why
   *   what came is no message, and nothing is heard any more; `closed` is told of the end
   */
  constructor(
    stream: Duplex,
    secret: Uint8Array | undefined,
    limits: FrameLimits,
    hear: {
      take: (message: unknown, body: Uint8Array<ArrayBuffer>) => void;
      wrong: (error: Error) => void;
      closed: () => void;
    },
  ) {
    this.#stream = stream;
    this.#reader = new FrameReader(secret, limits, hear.take);
    const push = (chunk: Buffer): void => {
      try {
        this.#reader.push(chunk);
      } catch (error) {
        stream.off('data', push).resume();
        hear.wrong(error as Error);
      }
    };
    stream.on('data', push);
    stream.on('error', () => {}); // a message that meets a dying process; 'close' tells
    stream.once('close', () => {
      this.#closed = true;
      hear.closed();
    });
    if (secret) stream.write(secret);
  }

  /**
   * Says something, unless nobody listens any more.
   * @throws Error when the message holds what cannot be sent
   */
  send(message: unknown, body: Uint8Array = noBytes): void {
    const { secret } = this.#reader;
    if (this.#closed || !secret || !this.#stream.writable) return;
    const head = frameHead(secret, message, body.byteLength);
    if (body.byteLength === 0) {
      this.#stream.write(head);
      return;
    }
    this.#stream.cork();
    this.#stream.write(head);
    this.#stream.write(body);
    this.#stream.uncork();
  }
}
