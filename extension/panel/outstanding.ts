/** What a panel has asked for and not been given yet: no more than any panel of ours ever waits for. */
import type { PanelMessage } from '../../labs/engine/protocol/panel.ts';

/** A lane for each run that is listed, and as much again. */
export const mostOutstanding = 250;

/** These ask for nothing, or end something: they are heard however much is waited for. */
const always: ReadonlySet<PanelMessage['type']> = new Set([
  'ready',
  'there',
  'state',
  'focus',
  'acknowledge',
  'cancelMoment',
  'stop',
  'stopSweep',
  'cancelBenchmark',
  'problem',
]);

export class Outstanding {
  readonly #waitedFor = new Set<PanelMessage>();

  /**
   * Answers a message, if not too many wait for their answer already.
   * @param answer resolves when there is nothing left to send
   * @throws Error where there are too many, and what `answer` throws
   */
  async answer(message: PanelMessage, answer: () => Promise<void> | void): Promise<void> {
    if (always.has(message.type)) return answer();
    if (this.#waitedFor.size >= mostOutstanding) {
      throw new Error(`The panel waits for ${mostOutstanding} answers already: '${message.type}' is refused.`);
    }
    this.#waitedFor.add(message);
    try {
      await answer();
    } finally {
      this.#waitedFor.delete(message);
    }
  }

  /** The panel has started anew: it waits for nothing. */
  forget(): void {
    this.#waitedFor.clear();
  }
}
