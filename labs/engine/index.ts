/** What a lab imports: `import { definePureLab } from 'system-design-labs/engine'`. */
export { chapters, defineLab, definePureLab, defineSimulatedLab } from './lab/lab.ts';
export type {
  Action,
  Algorithm,
  Chapter,
  CheckDeclaration,
  Lab,
  Level,
  Metric,
  Scenario,
  SweepSuggestion,
} from './lab/lab.ts';
export type { ViewId } from './lab/views.ts';
export { because } from './lab/answer.ts';
export type { AnsweredRun } from './lab/answer.ts';
export {
  aText,
  atOnce,
  defineContract,
  indexBelow,
  namedNumbers,
  nodeProgram,
  nothing,
  numberFrom,
  onlyTrue,
  placesOnCircle,
  trueOrFalse,
} from './lab/contract.ts';
export type { Contract, ValueKind } from './lab/contract.ts';
export type { Exercise, ExerciseCondition, ExerciseRun } from './lab/exercise.ts';
export type { Architecture, LabDiagram, Link, MachineState, Part, StateMachine, Transition } from './lab/diagram.ts';
export { choice, integer, number, ParameterError, text } from './lab/parameter.ts';
export { complaintAbout, nameOf, partsOf, refuseRepeated } from './lab/list.ts';
export type { LabWorlds, PureWorld, RunNature, SimulatedWorld, World } from './lab/worlds.ts';
export type { Parameter, ParameterSet, ParameterValue, ValuesOf } from './lab/parameter.ts';
export type {
  Check,
  Expectation,
  Histogram,
  Ignored,
  Intervention,
  Json,
  Outcome,
  RunReport,
  Theory,
  Verdict,
} from './lab/report.ts';
export type { Operation, PureRun, PureSetup } from './pure/pure-run.ts';
export type { Item, Trace } from './pure/trace-writer.ts';
export { exp } from './random/elementary.ts';
export { randomSource } from './random/random.ts';
export type { Random, RandomSource } from './random/random.ts';
export { defineBenchmark, definePeer } from './benchmark/benchmark.ts';
export type { BenchmarkGroup, BenchmarkOperation, BenchmarkPeer, BenchmarkPlan } from './benchmark/benchmark.ts';
export { BatchMeans } from './metrics/batch-means.ts';
export { binsOf, expectedShares } from './metrics/bins.ts';
export type { Bins, CountedValue } from './metrics/bins.ts';
export { Gauge } from './metrics/gauge.ts';
export { meanInterval, studentQuantile } from './metrics/interval.ts';
export type { Interval } from './metrics/interval.ts';
export { LatencyHistogram } from './metrics/latency.ts';
export { LittlesLaw } from './metrics/littles-law.ts';
export type { LittlesLawReport } from './metrics/littles-law.ts';
export { OutcomeCounter } from './metrics/outcomes.ts';
export type { Throughput } from './metrics/outcomes.ts';
export { powerOfChoices, twoChoicesAmong } from './theory/choices.ts';
export type { ChoicesTheory } from './theory/choices.ts';
export { amdahlSpeedup, meanNumberPresent } from './theory/laws.ts';
export { mg1 } from './theory/mg1.ts';
export { mm1, mm1MeanWaitDeviation } from './theory/mm1.ts';
export { mm1k } from './theory/mm1k.ts';
export type { LossyQueueTheory } from './theory/mm1k.ts';
export { erlangB, erlangC, mmc } from './theory/mmc.ts';
export type { QueueDistribution, QueueTheory } from './theory/queue.ts';
export { constant, exponential, logNormal, meanOf, normal, table, uniform } from './random/distribution.ts';
export type { Distribution } from './random/distribution.ts';
export { cos, log, sin } from './random/elementary.ts';
export { microseconds, milliseconds, readableTime, seconds } from './simulation/time.ts';
export type { Nanoseconds } from './simulation/time.ts';
export type { Plain } from './simulation/plain.ts';
export type {
  Answer,
  AnswerHandler,
  CallOptions,
  Caller,
  Context,
  Disk,
  Job,
  Message,
  NodeProgram,
  Timer,
} from './simulation/node.ts';
export type * from './simulation/system.ts';
export type { SimulatedRun, SimulationEnd, SimulationSetup } from './simulation/simulated-run.ts';
export type { SimulationObserver } from './simulation/observer.ts';
export type { DepartedJob } from './simulation/stations.ts';
export type { ContrastRun, EventPattern, Tour, TourChoice, TourQuestion, TourStep } from './lab/tour.ts';
