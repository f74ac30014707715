import { spawnSync } from 'node:child_process';

/** Kinds of code that are hard on whoever runs them. */
export interface Burden {
  /** What it does when it is its turn; most of them do not come back. */
  readonly bear: Readonly<Record<BurdenKind, () => void>>;
}

export type BurdenKind = 'nothing' | 'loop' | 'sort' | 'spawnSync';

export class Load implements Burden {
  readonly bear = {
    nothing: () => {},
    loop: () => {
      for (;;);
    },
    sort: () => {
      Float64Array.from({ length: 2e7 }, (_, i) => (i * 7919) % 104_729).sort((a, b) => a - b);
    },
    spawnSync: () => {
      spawnSync('sleep', ['60']);
    },
  };
}
