/**
 * A contender's own process: loads one contender, checks it or measures it, and answers one request at a
 * time. Whatever the contender's code does to the process, it does to itself alone.
 */
import { Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import type { BenchmarkGroup, BenchmarkOperation, BenchmarkPlan } from '../../../labs/engine/benchmark/benchmark.ts';
import type { Lab } from '../../../labs/engine/lab/lab.ts';
import { FrameChannel } from '../runner/frames.ts';
import { loadModule } from '../runner/load-code.ts';
import { cpuTick, Measured } from './measure.ts';
import type { Answer, ContenderSpec, Request } from './messages.ts';

/** What the harness says is believed. */
const anyLength = { message: 2 ** 31, body: 0 };

let measured: Measured | undefined;

process.setSourceMapsEnabled(true);
/** The harness is gone. */
const end = (): void => process.exit();
const harness = new FrameChannel(new Socket({ fd: 3, readable: true, writable: true }), undefined, anyLength, {
  take: (request) => {
    answer(request as Request).then(say, (error: unknown) => say(failure(error)));
  },
  wrong: end,
  closed: end,
});
endWith(process.ppid);
process.on('unhandledRejection', (reason) => say(failure(reason)));
process.on('uncaughtException', (error) => say(failure(error)));

function say(message: Answer): void {
  harness.send(message);
}

/** A thread that ends this process when another has ended: an endless loop would not hear that the channel has closed. */
function endWith(pid: number): void {
  const look = `setInterval(() => {
    try { process.kill(${pid}, 0); } catch { process.kill(process.pid, 'SIGKILL'); }
  }, 1000);`;
  new Worker(look, { eval: true }).unref();
}

async function answer(request: Request): Promise<Answer> {
  switch (request.type) {
    case 'check': {
      const wrong = await check(request.spec);
      return { type: 'checked', ...(wrong === undefined ? {} : { wrong }) };
    }
    case 'calibrate': {
      const tick = cpuTick();
      measured = new Measured(await prepare(request.spec));
      return { type: 'calibrated', operations: await measured.calibrate(request.cpu, tick), cpuTick: tick };
    }
    case 'batch':
      return { type: 'batch', ...(await calibrated().batch(request.operations)) };
    case 'allocation':
      return { type: 'allocation', bytesPerOp: await calibrated().allocation(request.nsPerOp) };
  }
}

function calibrated(): Measured {
  if (!measured) throw new Error('asked to measure before it was calibrated');
  return measured;
}

async function check(spec: ContenderSpec): Promise<string | undefined> {
  const { group, lab } = await program(spec);
  switch (spec.subject.kind) {
    case 'algorithm':
      return group.check(implementation(lab, spec.subject.algorithm), spec.subject.algorithm);
    case 'peer':
      return peerOf(group, spec.subject).check?.((await load(spec.subject.module)) as never);
    case 'floor':
      return undefined;
  }
}

async function prepare(spec: ContenderSpec): Promise<BenchmarkOperation> {
  const { group, lab } = await program(spec);
  switch (spec.subject.kind) {
    case 'algorithm':
      return group.prepare(implementation(lab, spec.subject.algorithm), spec.size, spec.subject.algorithm);
    case 'peer':
      return peerOf(group, spec.subject).prepare((await load(spec.subject.module)) as never, spec.size);
    case 'floor':
      return group.floor.prepare(spec.size);
  }
}

async function program({ code, group: name }: ContenderSpec): Promise<{ group: BenchmarkGroup<unknown>; lab: Lab }> {
  const { default: plan, lab } = (await loadModule(code, () => undefined)) as { default: BenchmarkPlan; lab: Lab };
  const group = [...plan.groups, plan.siblings].find((one) => one.name === name);
  if (!group) throw new Error(`the benchmark plan of ${plan.lab} has no group '${name}'`);
  return { group, lab };
}

function peerOf(group: BenchmarkGroup<unknown>, subject: { package: string; title?: string }) {
  const peer = group.peers.find((one) => one.package === subject.package && one.title === subject.title);
  if (!peer) throw new Error(`'${group.name}' has no peer ${subject.title ?? subject.package}`);
  return peer;
}

function implementation({ algorithms }: Lab, id: string): unknown {
  const algorithm = algorithms.find((one) => one.id === id);
  if (!algorithm) throw new Error(`the lab has no algorithm '${id}' any more`);
  return algorithm.implementation;
}

async function load(url: string): Promise<unknown> {
  return ((await import(url)) as { default: unknown }).default;
}

function failure(error: unknown): Answer {
  try {
    if (!(error instanceof Error)) return { type: 'failed', message: `threw ${String(error)}` };
    return { type: 'failed', message: `threw ${error.name}: ${error.message}`, stack: String(error.stack) };
  } catch {
    return { type: 'failed', message: 'threw something that cannot be shown' }; // its own code answers what it is
  }
}
