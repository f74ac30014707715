/** A lab for the tests of the harness: algorithms that add two numbers, well or in one of many wrong ways. */
import { writeSync } from 'node:fs';

export interface Adder {
  add(a: number, b: number): number;
}

/** A sum alone takes a fast machine no longer than the loop around it, and would be taken for nothing. */
export class Plain implements Adder {
  add(a: number, b: number): number {
    return a + Math.sqrt(b * b);
  }
}

/** Does the work many times over. */
export class Slow implements Adder {
  add(a: number, b: number): number {
    let sum = 0;
    for (let turn = 0; turn < 200; turn++) sum = (sum + Math.imul(a + turn, b)) | 0;
    return sum === 0.5 ? 0 : a + b;
  }
}

export class Wrong implements Adder {
  add(a: number, b: number): number {
    return a - b;
  }
}

export class Throws implements Adder {
  add(): number {
    throw new TypeError('cannot add today');
  }
}

/** Passes the check, and throws only once it is warm. */
export class ThrowsLate implements Adder {
  #calls = 0;
  add(a: number, b: number): number {
    if (++this.#calls > 1000) throw new Error('worn out');
    return a + b;
  }
}

export class NeverReturns implements Adder {
  add(): number {
    for (;;);
  }
}

export class Exits implements Adder {
  add(): number {
    process.exit(3);
  }
}

/** Writes to every file that is open, in the form in which Node's processes speak to each other. */
export class Shouts implements Adder {
  add(a: number, b: number): number {
    for (let fd = 3; fd < 30; fd++) {
      try {
        writeSync(fd, '{"type":"checked"}\n');
      } catch {
        // It is not open.
      }
    }
    return a + b;
  }
}

export class FillsMemory implements Adder {
  add(): number {
    const kept: number[][] = [];
    for (;;) kept.push(new Array<number>(100_000).fill(0.5));
  }
}

const algorithm = (id: string, implementation: new () => Adder) => ({ id, title: id, summary: id, implementation });

export default {
  id: 'adding',
  algorithms: [
    algorithm('plain', Plain),
    algorithm('slow', Slow),
    algorithm('wrong', Wrong),
    algorithm('throws', Throws),
    algorithm('throws-late', ThrowsLate),
    algorithm('never-returns', NeverReturns),
    algorithm('exits', Exits),
    algorithm('fills-memory', FillsMemory),
    algorithm('shouts', Shouts),
  ],
};
