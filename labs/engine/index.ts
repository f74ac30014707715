/** What a lab imports: `import { definePureLab } from 'system-design-labs/engine'`. */
export { definePureLab, defineSimulatedLab, chapters } from './lab/lab.ts';
export type {
  Action,
  Algorithm,
  Chapter,
  CheckDeclaration,
  Lab,
  Level,
  Metric,
  PureLab,
  Scenario,
  SimulatedLab,
  ViewId,
} from './lab/lab.ts';
export { choice, integer, number, text } from './lab/parameter.ts';
export type { Parameter, ParameterSet, ParameterValue, ValuesOf } from './lab/parameter.ts';
export type { Check, Intervention, Json, Outcome, RunReport, Theory, Verdict } from './lab/report.ts';
export type { Operation, PureRun, PureSetup } from './pure/pure-run.ts';
export type { Item, Trace } from './pure/trace-writer.ts';
export { randomSource } from './random/random.ts';
export type { Random, RandomSource } from './random/random.ts';
export { defineBenchmark, definePeer } from './benchmark/benchmark.ts';
export type { BenchmarkGroup, BenchmarkOperation, BenchmarkPeer, BenchmarkPlan } from './benchmark/benchmark.ts';
