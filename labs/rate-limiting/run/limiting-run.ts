/** One run of the lab: requests arrive one after the other, and the limiter of their client decides. */
import type { Check, Operation, Outcome, PureRun, PureSetup, Trace } from 'system-design-labs/engine';
import { Keyed } from '../keyed.ts';
import type { RateLimiterClass } from '../limiter.ts';
import type { Values } from '../parameters.ts';
import { arrivalsOf, type Arrival } from './arrivals.ts';
import { jainIndex, peakWithin, type Peak } from './peak.ts';
import { ruleOf } from './reference.ts';
import { takeawaysOf } from './takeaways.ts';
import { theoryOf } from './theory.ts';

/** Decisions that are written out, and judged by exact arithmetic. */
const mostJudged = 1000;
/** Requests up to which the limiter's inner state is drawn: beyond, no picture could show it. */
const mostDrawn = 20_000;
/** Numbers that a limiter may remember beyond one for each request that it may admit. */
const spareNumbers = 8;

type Verdicts = Omit<Check, 'expected' | 'ok'>[];

/** What became of the requests of one client. */
interface History {
  /** Times at which admitted requests arrived, and at which they were passed on. */
  admitted: number[];
  passedOn: number[];
  /** The trace's event of each. */
  events: number[];
  refused: number;
  bytes: number;
}

export class LimitingRun implements PureRun {
  readonly operations: Iterable<Operation>;
  readonly totalWeight: number;
  readonly #values: Values;
  readonly #algorithm: string;
  readonly #trace: Trace;
  readonly #seed: number;
  readonly #arrivals: readonly Arrival[];
  readonly #keyed: Keyed;
  readonly #histories: History[];
  #now = 0;
  #delays = 0;
  #decisions = '';
  #misjudged: { event: number; detail: string } | undefined;

  constructor({ parameters, algorithm, algorithmId, random, trace }: PureSetup<Values, RateLimiterClass>) {
    this.#values = parameters;
    this.#algorithm = algorithmId;
    this.#trace = trace;
    this.#seed = random.seed;
    this.#arrivals = arrivalsOf(parameters, random);
    this.#keyed = new Keyed(() => new algorithm(parameters, () => this.#now));
    this.#histories = Array.from({ length: parameters.clients }, () => ({
      admitted: [],
      passedOn: [],
      events: [],
      refused: 0,
      bytes: 0,
    }));
    this.totalWeight = this.#arrivals.length;
    this.operations = this.#workload();
  }

  *#workload(): Generator<Operation> {
    for (let request = 0; request < this.#arrivals.length; request++) {
      yield { action: 'request', arguments: { request } };
    }
  }

  perform({ action, arguments: given }: Operation): void {
    if (action !== 'request') throw new RangeError(`there is no action '${action}' in this lab`);
    const number = given.request as number;
    const { time, client } = this.#arrivals[number]!;
    const name = `client-${client}`;
    this.#now = time;
    const drawn = number < mostDrawn;
    if (drawn) this.#trace.sample('arrival', time);
    const history = this.#histories[client]!;
    const limiter = this.#keyed.of(name);
    const judged = number < mostJudged;
    const expected = judged ? ruleOf(this.#algorithm)?.(time, history.admitted, this.#values) : undefined;

    const admitted = limiter.admit();
    const { state } = limiter;
    const level = Object.values(state)[0] ?? 0;
    const request = { prefix: 'request-', number };
    const event = admitted ? this.#trace.admit(name, request, level) : this.#trace.refuse(name, request, level);
    if (drawn) for (const [series, value] of Object.entries(state)) this.#trace.sample(series, value, name);

    if (judged) this.#decisions += admitted ? 'T' : 'F';
    if (expected !== undefined && expected !== admitted) this.#misjudge(number, time, admitted, event);
    if (admitted) {
      const delay = limiter.delay ?? 0;
      if (drawn && limiter.delay !== undefined) this.#trace.sample('departure', time + delay, name);
      history.admitted.push(time);
      history.passedOn.push(time + delay);
      history.events.push(event);
      this.#delays += delay;
    } else {
      history.refused++;
    }
    history.bytes = Math.max(history.bytes, limiter.bytes);
  }

  #misjudge(request: number, time: number, admitted: boolean, event: number): void {
    this.#misjudged ??= {
      event,
      detail: `request-${request} at ${time} ms was ${admitted ? 'admitted' : 'refused'} and had to be ${
        admitted ? 'refused' : 'admitted'
      } (seed ${this.#seed}).`,
    };
  }

  finish(): Outcome {
    const { window } = this.#values;
    const asked = this.#histories.filter(({ admitted, refused }) => admitted.length + refused > 0);
    const peaks = asked.map(({ passedOn }) => peakWithin(passedOn, window));
    const busiest = peaks.reduce((most, peak, index) => (peak.count > peaks[most]!.count ? index : most), 0);
    const admitted = asked.reduce((sum, one) => sum + one.admitted.length, 0);
    const metrics = {
      admitted,
      refused: this.#arrivals.length - admitted,
      peakInAnyWindow: peaks[busiest]!.count,
      fairness: jainIndex(asked.map((one) => one.admitted.length)),
      bytesPerKey: Math.max(...asked.map(({ bytes }) => bytes)),
      meanDelay: admitted === 0 ? 0 : this.#delays / admitted,
    };
    const promised = this.#keyed.of('client-0').mostWithin?.(window);
    const memory = this.#judgeMemory(metrics.bytesPerKey);
    return {
      metrics,
      theory: theoryOf(this.#algorithm, this.#values, metrics.peakInAnyWindow),
      checks: [...this.#judgePromise(promised, peaks[busiest]!, asked[busiest]!), ...this.#judgeExactness(), memory],
      result: {
        decisions: this.#arrivals.length <= mostJudged ? this.#decisions : null,
        unlikeTheLog: this.#arrivals.length <= mostJudged ? this.#unlikeTheLog() : null,
        peakInATenth: Math.max(...asked.map(({ passedOn }) => peakWithin(passedOn, window / 10).count)),
      },
      takeaways: takeawaysOf({
        algorithm: this.#algorithm,
        values: this.#values,
        metrics,
        promised,
        forgets: memory.verdict === 'held',
      }),
    };
  }

  /** How many were admitted that the exact log would have refused, and the other way round. */
  #unlikeTheLog(): { admitted: number; refused: number } {
    const unlike = { admitted: 0, refused: 0 };
    const logs = new Map<number, number[]>();
    for (const [number, { time, client }] of this.#arrivals.entries()) {
      const log = logs.get(client) ?? [];
      logs.set(client, log);
      const byTheLog = ruleOf('sliding-log')!(time, log, this.#values);
      if (byTheLog) log.push(time);
      const admitted = this.#decisions[number] === 'T';
      if (admitted !== byTheLog) unlike[admitted ? 'admitted' : 'refused']++;
    }
    return unlike;
  }

  /** Judged where the limiter promises something. */
  #judgePromise(promised: number | undefined, { count, from, last }: Peak, { events }: History): Verdicts {
    const { window } = this.#values;
    if (promised === undefined) return [];
    const figures = `${count} requests within ${window} ms, from ${Math.round(from)} ms on; ${promised} are promised as the most`;
    if (count <= promised) return [{ name: 'promise', verdict: 'held', detail: `At the peak ${figures}.` }];
    return [{ name: 'promise', verdict: 'broken', detail: `${figures} (seed ${this.#seed}).`, event: events[last]! }];
  }

  /** Judged where it is known what the algorithm should decide. */
  #judgeExactness(): Verdicts {
    if (!ruleOf(this.#algorithm)) return [];
    if (this.#misjudged) return [{ name: 'exactness', verdict: 'broken', ...this.#misjudged }];
    const judged = Math.min(this.#arrivals.length, mostJudged);
    return [{ name: 'exactness', verdict: 'held', detail: `${judged} decisions are those of exact arithmetic.` }];
  }

  #judgeMemory(bytes: number): Verdicts[number] {
    const { limit, burst } = this.#values;
    const most = 8 * (Math.max(limit, burst) + spareNumbers);
    const held = bytes <= most;
    return {
      name: 'memory',
      verdict: held ? 'held' : 'broken',
      detail: `${bytes} bytes for one client; ${most} are enough for a number for each request it may admit${
        held ? '.' : `: something is never forgotten (seed ${this.#seed}).`
      }`,
    };
  }
}
