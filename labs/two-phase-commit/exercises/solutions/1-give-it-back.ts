/** The solution of 1-give-it-back.ts: a lock comes off at an abort as well, and what it guarded goes back. */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { Outcome, Site } from '../../protocol.ts';
import { add, settle, unlock, type SiteState } from '../../stock.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../../two-phase.ts';

export class GaveItBack extends TwoPhaseCommit {
  override participant(site: Site): NodeProgram {
    return new GivingParticipant(site);
  }
}

class GivingParticipant extends TwoPhaseParticipant {
  protected override carryOut(state: SiteState, transaction: string, outcome: Outcome, context: Context): void {
    const locked = unlock(state, transaction, context.clock());
    if (locked && outcome === 'commit') add(state.gone, locked);
    if (locked && outcome === 'abort') this.giveBack(state, locked);
    settle(state, transaction, outcome);
  }
}
