/** The answers to the questions of the scenarios, in each run's own figures: what only one protocol does is said of that one alone. */
import { because, type AnsweredRun, type Scenario } from 'system-design-labs/engine';
import { beganAnew, plural, waitForTheDead, type Fate } from './takeaways.ts';

type Answer = NonNullable<Scenario['answer']>;
type Reasons = Readonly<Record<string, string>>;

const fatesOf = ({ result }: AnsweredRun) => (result as unknown as { orders: readonly Fate[] }).orders;

const words: Readonly<Record<Fate, string>> = {
  commit: 'committed',
  abort: 'aborted',
  split: 'torn apart',
  blocked: 'in doubt',
  open: 'under way at the end',
  waiting: 'not begun',
};

/** order 1 is committed, order 2 aborted. */
function fates(run: AnsweredRun): string {
  const [first, ...others] = fatesOf(run).map((fate) => words[fate]);
  return [`order 1 is ${first!}`, ...others.map((fate, index) => `order ${index + 2} ${fate}`)].join(', ');
}

function sentence(text: string): string {
  return `${text[0]!.toUpperCase()}${text.slice(1)}`;
}

/** The first order is what these scenarios are about: reasons are given for what became of it. */
function firstOrder(reasons: Partial<Record<Fate, Reasons>>): Answer {
  return (run) => {
    const [first] = fatesOf(run);
    if (first === undefined) return undefined;
    const said = fates(run);
    return because(sentence(said), run, reasons[first] ?? {});
  };
}

const both = (reason: string): Reasons => ({ 'two-phase': reason, 'three-phase': reason });

const fourOrders: Answer = (run) => {
  const said = fates(run);
  const asked = 'each service says No to what it has not, and one No aborts';
  const why = (commit: number) => `${asked}; a commit costs ${commit} messages, an abort after one No 5`;
  return because(`${sentence(said)}, with ${plural(run.metrics.messages!, 'message')} in all`, run, {
    'two-phase': why(8),
    'three-phase': why(10),
  });
};

const allWell: Answer = (run) => {
  const { messages, committed } = run.metrics;
  const said = `It takes ${plural(messages!, 'message')} to commit ${plural(committed!, 'order')}`;
  const tell =
    'both services tell the coordinator Yes, and it has happened once its commit is safe on disk; then it tells them and they confirm it';
  return because(said, run, {
    'two-phase': tell,
    'three-phase': `${tell}, and before that it tells both that all said Yes and hears that they know`,
  });
};

const outOfStock = firstOrder({
  abort: both(
    'the inventory says No and knows already, and only the delivery service, which said Yes, has to hear of it',
  ),
});

const noCourier: Answer = (run) => {
  const said = `${fates(run)}; a lock is held for ${run.metrics.lockHoldTime!.toFixed(0)} ms on average`;
  const refused = fatesOf(run).includes('abort');
  const reason = refused
    ? 'the No of the delivery service aborts the order, and the lock on its dish is taken off again'
    : 'there is a courier for each order: what is locked is handed out';
  return because(sentence(said), run, both(reason));
};

const lastPiece: Answer = (run) => {
  const [fate] = fatesOf(run);
  const inVain = run.checks.some(({ name, verdict }) => name === 'noneRefusedInVain' && verdict === 'broken');
  if (inVain) return 'Three were not enough here, and should be: there are 3, and the order for 3 was refused.';
  if (fate !== 'commit') return undefined;
  return because(
    'Three of 3 are enough: the order is committed',
    run,
    both('an order is refused only if it wants more than are free'),
  );
};

const crashBeforeVote = firstOrder({
  abort: both(
    'the coordinator may decide alone while a vote is missing: silence is as good as a No, since nobody can have committed',
  ),
});

const crashAfterVote = firstOrder({
  commit: {
    'two-phase': 'its Yes and its lock are in its log when it is back, and it asks the coordinator for the outcome',
    'three-phase': 'its Yes and its lock are in its log when it is back, and it asks the others for the outcome',
  },
});

const coordinatorCrash: Answer = (run) => {
  const { blocked, lockHoldTime } = run.metrics;
  if (blocked! > 0) {
    return because(waitForTheDead(blocked!), run, {
      'two-phase': 'they said Yes, and it may have decided either way: they may neither commit nor abort',
    });
  }
  if (fatesOf(run)[0] !== 'abort') return undefined;
  const said = `Order 1 is aborted while the coordinator is dead, and a lock is held for ${lockHoldTime!.toFixed(0)} ms on average`;
  return because(said, run, {
    'three-phase': 'the survivors have asked each other: both are uncertain, and so nobody can have committed',
  });
};

const coordinatorReturns: Answer = (run) => {
  const { triedAgain } = run.metrics;
  if (triedAgain === 0) return undefined;
  const reason =
    'the coordinator presumes abort where its log says nothing: a commit would be in there before anybody was told of it';
  return because(beganAnew(triedAgain!), run, both(reason));
};

const crashBetween: Answer = (run) => {
  const { blocked } = run.metrics;
  const found = torn(run);
  if (found !== undefined) return found;
  if (fatesOf(run)[0] !== 'commit') return undefined;
  const said = `Order 1 is committed, and ${blocked} of 2 services are in doubt at the end`;
  return because(said, run, {
    'three-phase':
      'the survivors ask each other: one knows that all said Yes, and the other learns it from that one before they act',
    ...(blocked! > 0
      ? { 'two-phase': 'who has been told commits, and who said Yes and was not told must ask and wait' }
      : {}),
  });
};

/** What *All or nothing* found, where the first order is torn apart. */
function torn(run: AnsweredRun): string | undefined {
  if (fatesOf(run)[0] !== 'split') return undefined;
  const found = run.checks.find(({ name, verdict }) => name === 'atomicity' && verdict === 'broken');
  return found && `Order 1 is torn apart: ${found.detail}.`;
}

const lostMessages: Answer = (run) => {
  const { committed, aborted, lockHoldTime } = run.metrics;
  const said = `${committed} of ${fatesOf(run).length} orders are committed and ${aborted} aborted, and a lock is held for ${lockHoldTime!.toFixed(0)} ms on average`;
  const loss = run.parameters.loss as number;
  const reason =
    loss > 0
      ? 'a prepare or a vote that is lost costs the order, as silence counts as No, and a decision that is lost is told again and costs time'
      : 'no message is lost: no vote is missing, and no decision has to be told twice';
  return because(said, run, { 'two-phase': reason });
};

const lateMessages: Answer = (run) =>
  torn(run) ??
  firstOrder({
    commit: {
      'two-phase': 'late or lost, it cannot tell: who has said Yes asks and waits, and decides nothing by a time-out',
    },
  })(run);

const partition: Answer = (run) => {
  const found = torn(run);
  if (found !== undefined) {
    return because(found.slice(0, -1), run, {
      'three-phase': 'each side takes the other for dead, and decides by what it knows itself',
    });
  }
  const said = `${sentence(fates(run))}, and a lock is held for ${run.metrics.lockHoldTime!.toFixed(0)} ms on average`;
  return because(said, run, {
    'two-phase': 'dead or cut off, it cannot tell: who has said Yes waits until the cable is mended',
  });
};

/** By scenario. */
export const answers = {
  'four-orders': fourOrders,
  'all-well': allWell,
  'out-of-stock': outOfStock,
  'no-courier': noCourier,
  'last-piece': lastPiece,
  'crash-before-vote': crashBeforeVote,
  'crash-after-vote': crashAfterVote,
  'coordinator-crash': coordinatorCrash,
  'coordinator-returns': coordinatorReturns,
  'coordinator-crash-between': crashBetween,
  'lost-messages': lostMessages,
  'late-messages': lateMessages,
  partition,
} satisfies Record<string, Answer>;
