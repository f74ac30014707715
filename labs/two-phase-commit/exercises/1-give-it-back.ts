/**
 * Exercise for beginners: give it back.
 *
 * An order is aborted, and everybody agrees that it is. Still, something is wrong in the inventory afterwards.
 *
 * Run it on *Four orders* with seed 1. The check *No lock leaked* is broken. Mend `carryOut`. You are done when all
 * checks hold, there and on *Out of stock*.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/1-give-it-back.ts.
 */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitProtocol, Outcome, Site } from '../protocol.ts';
import { add, settle, unlock, type SiteState } from '../stock.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../two-phase.ts';

export class GiveItBack extends TwoPhaseCommit implements CommitProtocol {
  override participant(site: Site): NodeProgram {
    return new KeepingParticipant(site);
  }
}

class KeepingParticipant extends TwoPhaseParticipant {
  protected override carryOut(state: SiteState, transaction: string, outcome: Outcome, context: Context): void {
    if (outcome === 'commit') {
      const sold = unlock(state, transaction, context.clock());
      if (sold) add(state.gone, sold);
    }
    settle(state, transaction, outcome);
  }
}
