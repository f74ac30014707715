/**
 * Two-phase commit with a bug: nobody ever blocks.
 *
 * Run it on *The coordinator dies between two messages*, beside the real one. Nobody waits, every lock comes off,
 * and the check *All or nothing* is broken.
 */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitProtocol, Site } from '../protocol.ts';
import type { SiteState } from '../stock.ts';
import { TwoPhaseCommit, TwoPhaseParticipant } from '../two-phase.ts';

export class ImpatientYes extends TwoPhaseCommit implements CommitProtocol {
  override participant(site: Site): NodeProgram {
    return new ImpatientParticipant(site);
  }
}

class ImpatientParticipant extends TwoPhaseParticipant {
  protected override waitedLongEnough(state: SiteState, transaction: string, context: Context): void {
    this.decide(state, transaction, 'abort', context);
  }
}
