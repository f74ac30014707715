/** Whole runs for the tests of labs, as the worker and the CLI make them. */
import type { Intervention, RunReport } from '../index.ts';
import { interfaceOf } from '../lab/contract.ts';
import type { Lab } from '../lab/lab.ts';
import { contractOf } from '../lab/worlds.ts';
import { executeRun } from '../run.ts';
import { assertLively } from '../simulation/testing/lively.ts';
import type { Columns } from '../trace/columns.ts';
import { kindName, type EventKindName } from '../trace/event.ts';

export interface Wanted {
  /** The lab's first where left out. */
  algorithm?: string;
  /** A class or function that the lab does not name, in place of one that it does. */
  implementation?: unknown;
  scenario?: string;
  seed?: number;
  parameters?: Readonly<Record<string, unknown>>;
  interventions?: readonly Intervention[];
  maxEvents?: number;
}

/** An event with its strings. */
export interface Happening {
  kind: EventKindName;
  time: number;
  node: string;
  peer: string;
  label: string;
  cause: number;
  id: number;
  value: number;
}

/**
 * @param lab any lab: its parameters and implementations are checked when it runs
 * @returns the report, and the events that were kept
 */
export function runLab(lab: unknown, wanted: Wanted): { report: RunReport; events: Happening[] } {
  const { implementation, scenario, seed = 1, parameters = {}, interventions = [], maxEvents = 200_000 } = wanted;
  const declared = lab as Lab;
  const whole: Lab = implementation === undefined ? declared : withOwn(declared, implementation, scenario);
  const algorithm = implementation === undefined ? (wanted.algorithm ?? declared.algorithms[0]!.id) : 'own';
  const events: Happening[] = [];
  const strings: string[] = [];
  const report = executeRun(
    whole,
    { lab: whole.id, algorithm, ...(scenario ? { scenario } : {}), seed, parameters, interventions },
    { maxEvents },
    {
      sink: {
        batch(_first, columns, added) {
          strings.push(...added);
          for (let row = 0; row < columns.length; row++) events.push(happening(columns, row, strings));
        },
      },
      recorded: ({ simulation }) => assertLively(simulation.world),
    },
  );
  return { report, events };
}

/** The lab with nothing but this class, which is taken for what the scenario runs. */
function withOwn(lab: Lab, implementation: unknown, scenario = lab.defaultScenario): Lab {
  const contract = interfaceOf(
    contractOf(
      lab,
      lab.scenarios.find(({ id }) => id === scenario)!,
    ),
  );
  return { ...lab, algorithms: [{ id: 'own', title: 'Own', summary: 'Own', implementation, contract }] };
}

function happening(columns: Columns, row: number, strings: readonly string[]): Happening {
  const text = (id: number): string => (id < 0 ? '' : strings[id]!);
  return {
    kind: kindName(columns.kind[row]!)!,
    time: columns.time[row]!,
    node: text(columns.node[row]!),
    peer: text(columns.peer[row]!),
    label: text(columns.label[row]!),
    cause: columns.cause[row]!,
    id: columns.id[row]!,
    value: columns.value[row]!,
  };
}
