/** Whole runs of the lab, as the worker and the CLI make them. */
import { definePureLab, type Intervention, type RunReport } from 'system-design-labs/engine';
import { executeRun } from '../../engine/run.ts';
import type { Columns } from '../../engine/trace/columns.ts';
import { kindName, type EventKindName } from '../../engine/trace/event.ts';
import lab from '../lab.ts';
import type { KeyPlacementClass } from '../placement.ts';

export interface Wanted {
  /** The ring where left out. */
  algorithm?: string;
  /** A class that the lab does not name. */
  implementation?: KeyPlacementClass;
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

/** @returns the report, and the events that were kept */
export function run(wanted: Wanted): { report: RunReport; events: Happening[] } {
  const { algorithm = 'ring', implementation, scenario, seed = 1, parameters = {}, interventions = [] } = wanted;
  const events: Happening[] = [];
  const strings: string[] = [];
  const extended = implementation
    ? definePureLab({ ...lab, algorithms: [{ id: 'own', title: 'Own', summary: 'Own', implementation }] })
    : lab;
  const report = executeRun(
    extended as Parameters<typeof executeRun>[0],
    {
      lab: lab.id,
      algorithm: implementation ? 'own' : algorithm,
      ...(scenario ? { scenario } : {}),
      seed,
      parameters,
      interventions,
    },
    { maxEvents: wanted.maxEvents ?? 200_000 },
    {
      sink: {
        batch(_first, columns, added) {
          strings.push(...added);
          for (let row = 0; row < columns.length; row++) events.push(happening(columns, row, strings));
        },
      },
    },
  );
  return { report, events };
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
