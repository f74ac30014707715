/** Bytes as they may come out of a pipe into which somebody else writes too. */
import { FrameError, frameHead, FrameReader, secretBytes } from '../runner/frames.ts';

const limits = { message: 4096, body: 4096 };

/**
 * One pipe: frames in pieces of any size, and in half of the cases something wrong among them.
 * @param random 0 … 1
 * @throws Error when anything else happens than that messages arrive whole and in order, up to the first wrong byte
 */
export function fuzzFrames(random: () => number): void {
  const below = (bound: number): number => Math.floor(random() * bound);
  const noise = (length: number): Buffer => Buffer.from(Array.from({ length }, () => below(256)));
  const secret = noise(secretBytes);
  const sent = Array.from({ length: below(6) }, (_, n) => ({
    message: { n, text: 'x'.repeat(below(300)) },
    body: noise(below(300)),
  }));
  const frames = sent.map(({ message, body }) => Buffer.concat([frameHead(secret, message, body.length), body]));
  const bytes = Buffer.concat(frames);
  const spoilt = random() < 0.5 && bytes.length > 0;
  const at = below(bytes.length);
  const pipe = !spoilt
    ? bytes
    : random() < 0.5
      ? Buffer.concat([bytes.subarray(0, at), noise(1 + below(40)), bytes.subarray(at)])
      : Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ (1 + below(255)) : byte)));

  const heard: { message: unknown; body: Uint8Array }[] = [];
  const reader = new FrameReader(secret, limits, (message, body) => heard.push({ message, body }));
  try {
    for (let from = 0; from < pipe.length;) {
      const to = from + 1 + below(200);
      reader.push(pipe.subarray(from, to));
      from = to;
    }
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
    if (!spoilt) throw new Error(`right frames were refused: ${error.message}`, { cause: error });
  }
  // All that came whole before the first wrong byte.
  let end = 0;
  const whole = frames.filter((frame) => (end += frame.length) <= (spoilt ? at : bytes.length)).length;
  if (heard.length < whole) throw new Error(`${whole} frames came whole, ${heard.length} were heard`);
  for (let i = 0; i < whole; i++) {
    const { message, body } = heard[i]!;
    const right = JSON.stringify(message) === JSON.stringify(sent[i]!.message) && sent[i]!.body.equals(body);
    if (!right) throw new Error(`frame ${i} came out as another than it went in`);
  }
}
