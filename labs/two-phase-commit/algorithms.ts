/** The protocols of the lab, and the ones that only look right. */
import type { Algorithm } from 'system-design-labs/engine';
import { BareTimeouts } from './broken/bare-timeouts.ts';
import { ImpatientYes } from './broken/impatient-yes.ts';
import { LastPiece } from './broken/last-piece.ts';
import { OnePieceBack } from './broken/one-piece-back.ts';
import type { CommitProtocol } from './protocol.ts';
import { ThreePhaseCommit } from './three-phase.ts';
import { TwoPhaseCommit } from './two-phase.ts';

export const algorithms: readonly Algorithm<new () => CommitProtocol>[] = [
  {
    id: 'two-phase',
    title: 'Two-phase commit',
    summary: 'Prepare, then commit or abort, with presumed abort: always right, and stuck when the coordinator dies.',
    implementation: TwoPhaseCommit,
  },
  {
    id: 'three-phase',
    title: 'Three-phase commit',
    summary:
      'A round more, so that survivors can finish without the dead: stuck only when all had crashed and one stays away, and ' +
      'wrong in a partition.',
    implementation: ThreePhaseCommit,
    expects: { atomicity: 'broken' }, // in a partition, or when messages are lost or late
  },
  {
    id: 'one-piece-back',
    title: 'Broken: the smaller shelf',
    summary: 'Two-phase commit whose inventory does not add up after a while.',
    implementation: OnePieceBack,
    expects: { stockConserved: 'broken' },
    broken: {
      bug: 'An abort puts one piece back, not as many as were locked.',
      check: 'stockConserved',
      seed: 1,
      scenario: 'four-orders',
    },
  },
  {
    id: 'last-piece',
    title: 'Broken: the last piece',
    summary: 'Two-phase commit that refuses an order that it could serve.',
    implementation: LastPiece,
    expects: { noneRefusedInVain: 'broken' },
    broken: {
      bug: 'The inventory compares with > where it means >=, so the last piece is never sold.',
      check: 'noneRefusedInVain',
      seed: 1,
      scenario: 'last-piece',
    },
  },
  {
    id: 'impatient-yes',
    title: 'Broken: the impatient Yes',
    summary: 'Two-phase commit that does not block when its coordinator dies. Too good to be true?',
    implementation: ImpatientYes,
    expects: { atomicity: 'broken' },
    broken: {
      bug: 'A participant that has said Yes aborts by itself when nothing is heard in time, while others commit.',
      check: 'atomicity',
      seed: 1,
      scenario: 'coordinator-crash-between',
    },
  },
  {
    id: 'bare-timeouts',
    title: 'Broken: three phases with bare time-outs',
    summary: 'Three-phase commit in which everybody decides alone when time is up, as many a summary tells it.',
    implementation: BareTimeouts,
    expects: { atomicity: 'broken' },
    broken: {
      bug: 'Who is uncertain aborts and who is pre-committed commits, without asking how far the others have come.',
      check: 'atomicity',
      seed: 1,
      scenario: 'coordinator-crash-between',
    },
  },
];
