/**
 * Exercise, intermediate: ink before word.
 *
 * This coordinator does all that it should when everybody has said Yes. It writes *commit* to its log, tells the
 * others, and makes the log safe. In every scenario of the lab it passes every check.
 *
 * Run it on *All well*. Go to the event in which it has sent its first *commit*, crash it there for 1000 ms (click the
 * node), and look at *All or nothing*. Mend `commit`. You are done when the check holds, crash it where you will.
 *
 * Hints, one after the other: ../exercises.ts. A solution: solutions/2-ink-before-word.ts.
 */
import type { Context, NodeProgram } from 'system-design-labs/engine';
import type { CommitProtocol, Desk } from '../protocol.ts';
import { TwoPhaseCommit, TwoPhaseCoordinator, type DeskState, type Transaction } from '../two-phase.ts';

export class InkBeforeWord extends TwoPhaseCommit implements CommitProtocol {
  override coordinator(desk: Desk): NodeProgram {
    return new HastyCoordinator(desk);
  }
}

class HastyCoordinator extends TwoPhaseCoordinator {
  protected override commit(state: DeskState, current: Transaction, context: Context): void {
    this.remember(state, current, 'commit', context);
    current.phase = 'committing';
    current.missing = [...this.desk.participants];
    this.tellCommit(current, context);
    context.disk.sync();
    context.decide(`commit ${current.transaction}`);
  }
}
