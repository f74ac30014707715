/** Two texts line by line, what stayed folded away. Signs before the lines say what colours say. */
import { useSignal } from '@preact/signals';
import { diffLines, foldSame, type FoldedLines } from '../../labs/engine/scene/line-diff.ts';

interface LineDiffProps {
  before: string;
  after: string;
  /** What it is a difference of. */
  label: string;
}

export function LineDiff({ before, after, label }: LineDiffProps) {
  return (
    <div class="line-diff mono" role="group" aria-label={label}>
      {foldSame(diffLines(before, after)).map((line, i) => {
        if (line.kind === 'folded') return <Folded key={i} folded={line} />;
        if (line.kind === 'same') return <div key={i}>{`  ${line.text}`}</div>;
        return line.kind === 'removed' ? <del key={i}>{`− ${line.text}`}</del> : <ins key={i}>{`+ ${line.text}`}</ins>;
      })}
    </div>
  );
}

function Folded({ folded: { lines } }: { folded: FoldedLines }) {
  const open = useSignal(false);
  if (open.value) {
    return (
      <>
        {lines.map((text, i) => (
          <div key={i}>{`  ${text}`}</div>
        ))}
      </>
    );
  }
  return (
    <button type="button" class="link folded" onClick={() => (open.value = true)}>
      ⋯ {lines.length} lines as they were
    </button>
  );
}
