/**
 * Exercise, advanced: ask a neighbour.
 *
 * Two-phase commit need not always block. If the coordinator is silent, a participant may ask the others: whoever
 * has heard the outcome can pass it on (cooperative termination). On *The coordinator dies between two messages* this
 * one blocks nobody, and is right. It goes one step too far, though.
 *
 * Run it on *All well*, and crash the coordinator for 1000 ms at the moment in which its log has become safe
 * (`diskSync`). The check *All or nothing* is broken. Mend `onNeighbour`. You are done when the check holds there, and
 * nobody blocks on *The coordinator dies between two messages*.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/3-ask-a-neighbour.ts.
 */
import type { Answer, Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitMessage, CommitProtocol, Outcome, Site } from '../protocol.ts';
import type { SiteState } from '../stock.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../two-phase.ts';

export class AskANeighbour extends TwoPhaseCommit implements CommitProtocol {
  override participant(site: Site): NodeProgram {
    return new SociableParticipant(site);
  }
}

interface Known extends CommitMessage {
  readonly outcome: Outcome | 'uncertain';
}

class SociableParticipant extends TwoPhaseParticipant {
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
    if (message?.outcome === 'commit') this.decide(state, keep, 'commit', context);
    else this.decide(state, keep, 'abort', context);
  }
}
