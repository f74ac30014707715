/** A run's report for people. */
import type { LabEntry } from '../../../labs/engine/lab/catalogue.ts';
import { byId } from '../../../labs/engine/lab/formerly.ts';
import type { RunReport, Theory } from '../../../labs/engine/lab/report.ts';
import { verdictInWords } from '../../../labs/engine/lab/verdict-words.ts';
import { bold, figure, section, settingInWords, table } from './text.ts';
import { withoutEffect } from './without-effect.ts';

/** Metrics in a table, theory beside them, checks, take-aways. */
export function reportAsText(report: RunReport, entry: LabEntry): string {
  const algorithm = byId(entry.algorithms, report.algorithm)?.title ?? report.algorithm;
  const scenario = byId(entry.scenarios, report.scenario);
  const parameters = Object.entries(report.parameters).map(([name, value]) => settingInWords(name, value));
  return [
    bold(`${entry.title}: ${algorithm}`),
    `${scenario?.title ?? report.scenario}${scenario ? `: ${scenario.question}` : ''}`,
    `seed ${report.seed}, ${parameters.join(', ')}`,
    ...section('Metrics', metrics(report, entry)),
    ...section('Theory', theory(report, entry)),
    ...section('Checks', checks(report, entry)),
    ...section('Without effect', withoutEffect([report]).join('\n')),
    ...section('Take-aways', report.takeaways.map((sentence) => `  ${sentence}`).join('\n')),
    '',
    `${figure(report.trace.events)} events, trace ${report.trace.hash}`,
  ].join('\n');
}

function metrics(report: RunReport, entry: LabEntry): string {
  const rows = Object.entries(report.metrics).map(([name, value]) => [
    entry.metrics[name]?.title ?? name,
    figure(value),
    entry.metrics[name]?.unit ?? '',
  ]);
  return table(rows, [1]);
}

function theory(report: RunReport, entry: LabEntry): string {
  const rows = report.theory.map((one) => [
    entry.metrics[one.metric]?.title ?? one.metric,
    figure(one.measured),
    `expected ${figure(one.expected)}, 99 % within ${figure(one.low)} to ${figure(one.high)}`,
    agreement(one),
  ]);
  return table(rows, [1]);
}

function agreement({ agrees, condition }: Theory): string {
  if (agrees === null) return `does not apply${condition === undefined ? '' : `: ${condition}`}`;
  return agrees ? 'agrees' : 'differs';
}

function checks(report: RunReport, entry: LabEntry): string {
  const isVariant = byId(entry.algorithms, report.algorithm)?.broken !== undefined;
  const rows = report.checks.map((check) => [
    check.ok ? 'ok' : 'NOT OK',
    entry.checks[check.name]?.title ?? check.name,
    verdictInWords(check, isVariant ? 'bug' : undefined),
    check.detail,
  ]);
  return table(rows);
}
