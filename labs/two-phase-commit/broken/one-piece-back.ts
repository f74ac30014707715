/**
 * Two-phase commit with a bug: the stock shrinks, though nothing was sold.
 *
 * Run it on *Four orders*. The check *Stock conserved* is broken: by which order, and by how many pieces?
 */
import type { NodeProgram } from 'system-design-labs/engine';
import type { CommitProtocol, Site } from '../protocol.ts';
import { add, type Reservation, type SiteState } from '../stock.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../two-phase.ts';

export class OnePieceBack extends TwoPhaseCommit implements CommitProtocol {
  override participant(site: Site): NodeProgram {
    return new ForgetfulParticipant(site);
  }
}

class ForgetfulParticipant extends TwoPhaseParticipant {
  protected override giveBack(state: SiteState, { item }: Reservation): void {
    add(state.free, { item, quantity: 1 });
  }
}
