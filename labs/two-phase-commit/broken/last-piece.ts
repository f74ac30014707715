/**
 * Two-phase commit with a bug: it never breaks a promise, and still loses orders.
 *
 * Run it on *The last piece*. The check *None refused in vain* is broken: what is special about that order?
 */
import type { NodeProgram } from 'system-design-labs/engine';
import type { CommitProtocol, Site } from '../protocol.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../two-phase.ts';

export class LastPiece extends TwoPhaseCommit implements CommitProtocol {
  override participant(site: Site): NodeProgram {
    return new CautiousParticipant(site);
  }
}

class CautiousParticipant extends TwoPhaseParticipant {
  protected override isEnough(free: number, quantity: number): boolean {
    return free > quantity;
  }
}
