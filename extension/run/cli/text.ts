/** Plain text for people: tables, and emphasis where a terminal shows it. */
import { styleText } from 'node:util';

/** Bold on a terminal that wants colours, as it is elsewhere. */
export function bold(text: string): string {
  return process.stdout.isTTY ? styleText('bold', text, { stream: process.stdout }) : text;
}

/** A parameter as it was set; of a long text its beginning. */
export function settingInWords(name: string, value: unknown): string {
  const text = String(value);
  const shown = 200; // characters
  return `${name}=${text.length > shown ? `${text.slice(0, shown)}… (${text.length} characters)` : text}`;
}

/** A headed part of a report, left out where there is nothing in it. */
export function section(title: string, text: string): string[] {
  return text === '' ? [] : ['', bold(title), text];
}

/** Columns padded to the width of their widest cell, two spaces apart; numbers to the right. */
export function table(rows: readonly (readonly string[])[], rightAligned: readonly number[] = []): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]!.length))) ?? [];
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          rightAligned.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `  ${line}`)
    .join('\n');
}

/** A figure with as many digits as one reads. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value)
    ? value.toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 5 });
}
