/** The solution of 2-ink-before-word.ts: the sync comes before anything is said. */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { Desk } from '../../protocol.ts';
import { TwoPhaseCommit, TwoPhaseCoordinator, type DeskState, type Transaction } from '../../two-phase.ts';

export class WroteFirst extends TwoPhaseCommit {
  override coordinator(desk: Desk): NodeProgram {
    return new CarefulCoordinator(desk);
  }
}

class CarefulCoordinator extends TwoPhaseCoordinator {
  protected override commit(state: DeskState, current: Transaction, context: Context): void {
    this.remember(state, current, 'commit', context);
    context.disk.sync();
    context.decide(`commit ${current.transaction}`);
    current.phase = 'committing';
    current.missing = [...this.desk.participants];
    this.tellCommit(current, context);
  }
}
