/** Two texts line by line: what is gone, what is new, what stayed. */

export interface DiffLine {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Lines next to one another that stayed, too many to be shown. */
export interface FoldedLines {
  kind: 'folded';
  lines: string[];
}

/** Beyond so many pairs of lines the smallest difference is not looked for: what lies between is then replaced as a whole. */
const mostPairs = 1_000_000;

/** The difference of two texts; a text that is '' has no lines. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = before === '' ? [] : before.split('\n');
  const now = after === '' ? [] : after.split('\n');
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < Math.min(old.length, now.length) - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const same = (lines: string[]): DiffLine[] => lines.map((text) => ({ kind: 'same', text }));
  return [
    ...same(old.slice(0, head)),
    ...diffMiddle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    ...same(old.slice(old.length - tail)),
  ];
}

/** By the longest common subsequence of lines. */
function diffMiddle(old: string[], now: string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  const remove = (text: string): number => lines.push({ kind: 'removed', text });
  const add = (text: string): number => lines.push({ kind: 'added', text });
  if (old.length * now.length > mostPairs) {
    old.forEach(remove);
    now.forEach(add);
    return lines;
  }
  const width = now.length + 1;
  /** Length of the longest common subsequence of what follows. */
  const common = new Int32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const [below, right, both] = [
        common[(i + 1) * width + j]!,
        common[i * width + j + 1]!,
        common[(i + 1) * width + j + 1]!,
      ];
      common[i * width + j] = old[i] === now[j] ? both + 1 : Math.max(below, right);
    }
  }
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: old[i++]! });
      j++;
    } else if (j === now.length || (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      remove(old[i++]!);
    } else {
      add(now[j++]!);
    }
  }
  return lines;
}

/** Folds what stayed, but for a line or so around what changed. Nothing is folded to save a single line. */
export function foldSame(lines: readonly DiffLine[], around = 1): (DiffLine | FoldedLines)[] {
  const near = (at: number): boolean =>
    lines.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same');
  const shown: (DiffLine | FoldedLines)[] = [];
  for (let at = 0; at < lines.length;) {
    let end = at;
    while (end < lines.length && !near(end)) end++;
    if (end - at > 1) {
      shown.push({ kind: 'folded', lines: lines.slice(at, end).map(({ text }) => text) });
      at = end;
    } else {
      shown.push(lines[at++]!);
    }
  }
  return shown;
}
