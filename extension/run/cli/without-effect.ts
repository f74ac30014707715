/** What was set or done and changed nothing: said, so that nobody takes it for the reason of what came out. */
import type { Ignored, Intervention, RunReport } from '../../../labs/engine/lab/report.ts';

/** Of one run, or of many. @returns a line each */
export function withoutEffect(reports: readonly RunReport[]): string[] {
  const counts = new Map<string, number>();
  for (const { unapplied, ignored = [] } of reports) {
    for (const line of [...ignored.map(settingInWords), ...unapplied.map(interventionInWords)]) {
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
  }
  return [...counts].map(([line, count]) =>
    count === reports.length ? `  ${line}` : `  ${line} (${count} of ${reports.length} runs)`,
  );
}

/** The same for a program to read; of many runs, each thing once. */
export function withoutEffectAsJson(reports: readonly RunReport[]): {
  ignored: Ignored[];
  unapplied: Intervention[];
} {
  return {
    ignored: distinct(reports.flatMap(({ ignored }) => ignored ?? [])),
    unapplied: distinct(reports.flatMap(({ unapplied }) => unapplied)),
  };
}

function settingInWords({ what, why }: Ignored): string {
  return `${what}: ${why}`;
}

function interventionInWords({ anchor, action, arguments: given }: Intervention): string {
  const on = Object.values(given).map(String).join(' ');
  return `${action}${on && ` ${on}`} after ${anchor}: the run has no such event, or there was nothing left to do it to`;
}

function distinct<Thing>(things: readonly Thing[]): Thing[] {
  return [...new Map(things.map((thing) => [JSON.stringify(thing), thing])).values()];
}
