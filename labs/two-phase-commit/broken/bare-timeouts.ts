/**
 * Three-phase commit with a bug that is in many a summary of it: "in the first phase a time-out means abort, after
 * pre-commit it means commit".
 *
 * Run it on *The coordinator dies between two messages*. A single crash, no partition, and the check *All or
 * nothing* is broken. What does the real one do instead of looking at the clock?
 */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitProtocol, Site } from '../protocol.ts';
import { ThreePhaseCommit, ThreePhaseParticipant, type SurvivorState } from '../three-phase.ts';

export class BareTimeouts extends ThreePhaseCommit implements CommitProtocol {
  override participant(site: Site): NodeProgram {
    return new LonelyParticipant(site);
  }
}

class LonelyParticipant extends ThreePhaseParticipant {
  protected override waitedLongEnough(state: SurvivorState, transaction: string, context: Context): void {
    const isSure = state.inDoubt[transaction]!.phase === 'pre-committed';
    this.decide(state, transaction, isSure ? 'commit' : 'abort', context);
  }
}
