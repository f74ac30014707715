/**
 * Exercise, intermediate: ink before word.
 *
 * This coordinator does all that it should when everybody has said Yes. It writes *commit* to its log, tells the
 * others, and makes the log safe. In every scenario of the lab it passes every check.
 *
 * Run it on *All well*. Go to the event in which it has sent its first *commit*, crash it there for 1000 ms (click the
 * node), and look at *All or nothing*. Mend `commit`. You are done when the check holds, crash it where you will.
 *
 * Hint 1: what is in the log of the coordinator when it comes back? What did the inventory do meanwhile?
 * Hint 2: a record that says nothing means abort. From which moment on must the record be there?
 * Hint 3: effects happen in the order in which they are asked for, and a crash may fall between any two of them.
 *   What is sent before the sync has been said without being written.
 *
 * A solution is in solutions/ink-before-word.ts.
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
