/** The worker thread of one job: loads the lab's code, runs it, says how it went. */
import * as v from 'valibot';
import { once } from 'node:events';
import { syncBuiltinESMExports } from 'node:module';
import { types } from 'node:util';
import { MessagePort, workerData } from 'node:worker_threads';
import { enter, leave, loading } from '../../../labs/engine/guard.ts';
import { describeLab, type WholeLabEntry } from '../../../labs/engine/lab/catalogue.ts';
import type { Contract } from '../../../labs/engine/lab/contract.ts';
import type { Lab } from '../../../labs/engine/lab/lab.ts';
import type { RunReport } from '../../../labs/engine/lab/report.ts';
import { expectationLists, runReport } from '../../../labs/engine/record/report-schema.ts';
import {
  executeRun,
  expectationsOf,
  momentOfRun,
  type RunObserver,
  type RunRequest,
} from '../../../labs/engine/run.ts';
import { bufferOf } from '../../../labs/engine/trace/columns.ts';
import { confine } from './confine.ts';
import { captureConsole } from './console-capture.ts';
import { failureOf } from './failure-of.ts';
import { keepIntrinsics, restoreIntrinsics } from './intrinsics.ts';
import { loadCode } from './load-code.ts';
import { momentText } from './moment-text.ts';
import { whyNotPlain } from './plain-data.ts';
import { threadTime } from './thread-time.ts';
import { Throws } from './throws.ts';
import { leaveThread } from './where.ts';
import {
  isLastWord,
  Shared,
  type FromWorker,
  type Job,
  type WorkerCode,
  type WorkerFailure,
  type WorkerStart,
} from './messages.ts';

const { shared, port } = workerData as WorkerStart;
// Out of the reach of the code that comes: it must not speak in our name. What we speak with is kept as it is.
delete (workerData as Partial<WorkerStart>).port;
delete (workerData as Partial<WorkerStart>).shared;
const { apply } = Reflect;
const { postMessage } = MessagePort.prototype;
const { parse, stringify } = JSON;
// The thread may have been started ahead of its job.
const [job] = (await once(port, 'message')) as [Job];
const { memory } = job.limits;
const progressEvery = 16; // ms
const largestReport = 8 * 1024 * 1024; // characters

/** Thrown out of the run when somebody wants it to stop. */
class Stopped extends Error {}

/** A mistake in what the lab hands to the engine. */
class Refused extends Error {}

/** A lab.ts that declares no lab, or another one. */
class NoLab extends Error {}

/** Whether the last word is spoken. */
let over = false;

function say(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  if (isLastWord(message)) over = true;
  apply(postMessage, port, [message, transfer]);
}

function fail(failure: WorkerFailure): void {
  say({ type: 'failure', failure });
}

const observer: RunObserver = {
  begins: (nature) => say({ type: 'begins', nature }),
  sink: {
    batch(firstEvent, columns, strings) {
      waitForCredit();
      const buffer = bufferOf(columns);
      say({ type: 'batch', firstEvent, rows: columns.length, bytes: new Uint8Array(buffer), strings }, [buffer]);
    },
  },
  progress: atIntervals(progressEvery, (share, events) =>
    // A lab's own figures make the share.
    say({ type: 'progress', share: Math.min(1, Math.max(0, share || 0)), events }),
  ),
};

/** Holds the run back while the host has not taken in what it was sent. */
function waitForCredit(): void {
  while (Atomics.load(shared, Shared.credits) <= 0) Atomics.wait(shared, Shared.credits, 0);
  Atomics.sub(shared, Shared.credits, 1);
  throwIfStopped();
}

function throwIfStopped(): void {
  if (Atomics.load(shared, Shared.stop) !== 0) throw new Stopped();
}

function atIntervals(interval: number, tell: (share: number, events: number) => void) {
  let last = 0;
  return (share: number, events: number): void => {
    throwIfStopped();
    const now = performance.now();
    if (now - last < interval && share < 1) return;
    last = now;
    tell(share, events);
  };
}

/** The lab that the code exports. */
function asLab(exported: unknown): Lab {
  const lab = exported as Partial<Lab> | null | undefined;
  if (typeof lab !== 'object' || lab === null || !Array.isArray(lab.algorithms) || !Array.isArray(lab.scenarios)) {
    throw new NoLab(`lab.ts must have a lab as its default export: 'export default definePureLab({ … })'`);
  }
  const worlds = Object.values(lab.worlds ?? {}) as ({ contract?: Contract | string } | undefined)[];
  if (worlds.length === 0) {
    throw new NoLab('lab.ts declares no world to run in: use definePureLab, defineSimulatedLab or defineLab');
  }
  if (
    worlds.some(
      (world) => typeof (world?.contract as Contract)?.interface !== 'string' && typeof world?.contract !== 'string',
    )
  ) {
    throw new NoLab('lab.ts declares no contract: name the interface that its algorithms implement');
  }
  if (lab.id !== job.lab) throw new NoLab(`lab.ts declares the id '${lab.id}', but its folder is '${job.lab}'`);
  return lab as Lab;
}

/** As plain data what a lab's own code wrote parts of. @param what subject of the sentence about what is wrong with it */
function plain(what: string, value: unknown): unknown {
  let text: string;
  try {
    text = stringify(value);
  } catch (error) {
    const isDeep = error instanceof RangeError;
    throw new Refused(`${what} is not plain data: ${isDeep ? 'it goes too deep' : failureOf(error, memory).message}`);
  }
  if (text.length > largestReport) {
    throw new Refused(`${what} takes ${(text.length / 1e6).toFixed(0)} MB as JSON, more than 8: return less`);
  }
  const copy: unknown = parse(text);
  const wrong = whyNotPlain(copy);
  if (wrong !== undefined) throw new Refused(`${what} ${wrong}: return less`);
  return copy;
}

function checkedReport(report: RunReport): RunReport {
  const checked = v.safeParse(runReport, plain('what the run returned', report));
  if (checked.success) return checked.output;
  const [issue] = checked.issues;
  throw new Refused(`what the run returned is not a report: ${v.getDotPath(issue) ?? 'it'} ${issue.message}`);
}

/** What a lab declares, as plain data. */
function declared(lab: Lab): WholeLabEntry {
  return plain('what lab.ts declares', describeLab(lab)) as WholeLabEntry;
}

/** A lab that has changed the language itself is told so: anything else that is wrong may come of that. */
function intrinsicsFailure(): WorkerFailure | undefined {
  const changed = restoreIntrinsics();
  if (changed === undefined) return undefined;
  return {
    reason: 'refused',
    message: `the code changed ${changed}, which everything that runs beside it uses too: write a function of your own`,
  };
}

/** The lab that this code exports. */
async function load(code: WorkerCode): Promise<Lab> {
  const outside = enter(loading);
  keepIntrinsics();
  try {
    return asLab(await loadCode(code, (file, text) => say({ type: 'source', file, text })));
  } finally {
    leave(outside);
  }
}

async function run(lab: Lab, request: RunRequest): Promise<RunReport> {
  const { maxEvents, deadline } = job.limits;
  const limits = { maxEvents, clock: threadTime, ...(deadline === undefined ? {} : { deadline }) };
  const ended = executeRun(lab, request, limits, observer);
  const changed = intrinsicsFailure();
  if (changed) throw new Refused(changed.message);
  const report = checkedReport(ended);
  // A promise that the run left rejected is heard of only after the thread has yielded.
  await new Promise((resolve) => setImmediate(resolve));
  return report;
}

async function perform(): Promise<void> {
  const lab = await load(job.code);
  if (job.task.kind === 'describe') {
    say({ type: 'entry', entry: declared(lab) });
    return;
  }
  if (job.task.kind === 'moment') {
    const { request, event } = job.task;
    say({ type: 'moment', moment: momentText(momentOfRun(lab, request, event, throwIfStopped)) });
    return;
  }
  if (job.task.kind === 'expect') {
    const { request, variants } = job.task;
    const said = plain('what the theory says', expectationsOf(lab, request, variants));
    const expectations = v.parse(expectationLists, said);
    say({ type: 'expectations', expectations });
    return;
  }
  if (job.task.kind === 'runs') {
    const { requests, fresh } = job.task;
    const { code } = job;
    for (const [i, request] of requests.entries()) {
      // Under another name, the same code is another instance.
      const again = fresh && i > 0 && code.kind === 'bundle';
      const own = again ? await load({ ...code, url: `${code.url}?run=${i}` }) : lab;
      say({ type: i < requests.length - 1 ? 'ran' : 'report', report: await run(own, request) });
    }
    return;
  }
  const report = await run(lab, job.task.request);
  if (job.task.declare) say({ type: 'declared', entry: declared(lab) });
  say({ type: 'report', report });
}

function failureOfThrown(thrown: unknown): WorkerFailure {
  const changed = intrinsicsFailure();
  const isAsked = !types.isProxy(thrown); // its own code would answer what it is
  if (isAsked && thrown instanceof Stopped) return { reason: 'stopped', message: 'stopped' };
  if (isAsked && thrown instanceof NoLab) return { reason: 'missing', message: thrown.message, ofDeclaration: true };
  if (isAsked && thrown instanceof Refused) return { reason: 'refused', message: thrown.message };
  const { placeless, ...failure } = failureOf(thrown, memory);
  const stack = placeless && throws?.stackOf(thrown);
  return { ...failure, ...(stack ? { stack } : placeless ? { placeless } : {}), ...changed };
}

const throws = job.watchThrows && new Throws(job.code);
process.setSourceMapsEnabled(true);
Error.stackTraceLimit = 30;
captureConsole((lines) => say({ type: 'console', lines }));
process.on('uncaughtException', (error) => fail(failureOfThrown(error)));
process.on('unhandledRejection', (reason) => {
  const failure = failureOfThrown(reason);
  fail(
    failure.reason === 'threw'
      ? {
          ...failure,
          reason: 'rejected',
          message: failure.message.replace('the code threw', 'a promise was rejected and nobody handled it:'),
        }
      : failure,
  );
});
const exit = process.exit;
process.exit = (code) => {
  const status = code ?? process.exitCode ?? 0;
  const { stack } = new Error('exit');
  fail({
    reason: 'exit',
    message: `the code called process.exit(${status}): a run ends by returning`,
    stack: stack ?? '',
  });
  return exit(status);
};
confine();
syncBuiltinESMExports(); // for `import { exit } from 'node:process'`
process.on('exit', () => {
  if (!over) {
    fail({
      reason: 'threw',
      message: "the lab never finished loading: an 'await' outside any function waits for something that never comes",
    });
  }
  leaveThread(shared);
});

perform().catch((thrown: unknown) => fail(failureOfThrown(thrown)));
