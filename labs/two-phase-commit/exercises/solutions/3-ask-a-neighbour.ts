/** The solution of 3-ask-a-neighbour.ts: only what proves the decision counts. */
import type { Answer, Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitMessage, Outcome, Site } from '../../protocol.ts';
import type { SiteState } from '../../stock.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../../two-phase.ts';

export class AskedANeighbour extends TwoPhaseCommit {
  override participant(site: Site): NodeProgram {
    return new ModestParticipant(site);
  }
}

interface Known extends CommitMessage {
  readonly outcome: Outcome | 'uncertain';
}

class ModestParticipant extends TwoPhaseParticipant {
  override onMessage(state: SiteState, message: CommitMessage, from: string, context: Context): void {
    const { type, transaction } = message;
    if (type !== 'what became of it?') return super.onMessage(state, message, from, context);
    // Who never voted will not vote Yes any more.
    if (!state.inDoubt[transaction]) state.decided[transaction] ??= 'abort';
    context.reply({ type: 'it is', transaction, outcome: state.decided[transaction] ?? 'uncertain' });
  }

  protected override waitedLongEnough(state: SiteState, transaction: string, context: Context): void {
    super.waitedLongEnough(state, transaction, context);
    for (const name of this.site.participants.filter((one) => one !== context.self)) {
      const options = { timeout: this.site.timeout / 2, then: 'onNeighbour', keep: transaction };
      context.call(name, { type: 'what became of it?', transaction }, options);
    }
  }

  onNeighbour(state: SiteState, { message, keep }: Answer<Known, string>, context: Context): void {
    if (!message || message.outcome === 'uncertain') return; // proves nothing
    this.decide(state, keep, message.outcome, context);
  }
}
