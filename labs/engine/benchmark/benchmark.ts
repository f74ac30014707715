/**
 * What a lab says about its speed: which operations are measured, on which workload, beside whom. The
 * plan lives in `labs/<lab>/benchmark/plan.ts`; the harness (extension/run/benchmark) does the measuring.
 *
 * A plan prepares; it never times. Every contender gets the same workload, is asked for its known answers
 * in one process and measured in another, so that neither checks nor rivals colour what V8 learns of it.
 */

/**
 * One operation of a contender, called over and over with 0, 1, 2 …: pick the input by `index`.
 * Its result is consumed by the harness; a promise is awaited before the next call.
 */
export type BenchmarkOperation = (index: number) => unknown;

/** An npm package that does the same job. */
export interface BenchmarkPeer {
  /** As npm knows it; a build without it lists it as absent. */
  package: string;
  /** The part of it that is needed, where the whole is large: 'rate-limiter-flexible/lib/RateLimiterMemory.js'. */
  entry?: string;
  /** Told apart where one package has several classes that do the job; the package's name where left out. */
  title?: string;
  /** @param module the package's exports */
  prepare(module: never, size: number): BenchmarkOperation;
  /**
   * Asks for answers that are known.
   * @returns what is wrong, or undefined: a peer must be correct to count
   */
  check?(module: never): string | undefined | Promise<string | undefined>;
}

/** One operation that every contender of the group performs on the same workload. */
export interface BenchmarkGroup<Implementation> {
  /** Stable, and what a reader sees: 'ring lookup'. */
  name: string;
  /** One operation in words, with its sizes: 'owner of a string key, 100 servers × 160 points'. */
  operation: string;
  /** Ids of the lab's algorithms that are measured in it. */
  algorithms: readonly string[];
  /** n of the headline. */
  size: number;
  /** How the cost grows: what n counts, at which n it is looked at, and what each algorithm claims. */
  growth?: {
    unit: string;
    sizes: readonly number[];
    /** By algorithm id: 'O(log n)'. */
    claims: Readonly<Record<string, string>>;
  };
  /**
   * Sets one of the lab's algorithms up on the workload.
   * @param algorithm the id, for the few that are set up differently
   */
  prepare(implementation: Implementation, size: number, algorithm: string): BenchmarkOperation;
  /**
   * Asks one of the lab's algorithms for answers that are known.
   * @returns what is wrong, or undefined
   */
  check(implementation: Implementation, algorithm: string): string | undefined;
  peers: readonly BenchmarkPeer[];
  /** The cheapest thing that any solution has to do: no one is expected to beat it. */
  floor: { title: string; prepare(size: number): BenchmarkOperation };
}

/** All that is measured of a lab. */
export interface BenchmarkPlan<Implementation = unknown> {
  /** Id of the lab. */
  lab: string;
  groups: readonly BenchmarkGroup<Implementation>[];
  /**
   * The group in which all the lab's algorithms do the same thing: a single algorithm is also measured
   * there, beside its siblings, and so is an algorithm of the learner's own that no other group names.
   */
  siblings: BenchmarkGroup<Implementation>;
}

/**
 * Declares what is measured of a lab.
 * @returns the same object, with the implementation's type inferred
 * @throws TypeError when two groups have the same name
 */
export function defineBenchmark<Implementation>(plan: BenchmarkPlan<Implementation>): BenchmarkPlan<Implementation> {
  const names = new Set<string>();
  for (const { name } of [...plan.groups, plan.siblings]) {
    if (names.has(name)) throw new TypeError(`${plan.lab}: two benchmark groups are called '${name}'`);
    names.add(name);
  }
  return plan;
}

/**
 * Declares a peer whose exports have a known shape.
 * @returns the same object, its `Module` type hidden
 */
export function definePeer<Module>(
  peer: Omit<BenchmarkPeer, 'prepare' | 'check'> & {
    prepare(module: Module, size: number): BenchmarkOperation;
    check?(module: Module): string | undefined | Promise<string | undefined>;
  },
): BenchmarkPeer {
  return peer as unknown as BenchmarkPeer;
}
