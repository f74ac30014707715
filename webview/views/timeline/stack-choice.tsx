/** Which other algorithms stand below the run on the screen: choosing one runs it on the same arrivals. */
import type { Stack } from '../../state/stack.ts';

export function StackChoice({ stack }: { stack: Stack }) {
  const others = stack.others.value;
  if (others.length === 0) return null;
  const sound = others.filter(({ broken }) => !broken);
  const chosen = others.filter(({ id }) => stack.chosen.value.includes(id));
  const all = sound.every(({ id }) => stack.chosen.value.includes(id));
  const obstacle = stack.obstacle.value;
  return (
    <details class="stack-choice">
      <summary>Beside: {said(chosen, all && chosen.length === sound.length)}</summary>
      <fieldset disabled={obstacle !== undefined}>
        <legend class="quiet">{obstacle ?? 'The same arrivals, seed and parameters, below one another.'}</legend>
        <label>
          <input type="checkbox" checked={all} onChange={(event) => stack.chooseAll(event.currentTarget.checked)} />
          All
        </label>
        {others.map(({ id, title }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={stack.chosen.value.includes(id)}
              onChange={(event) => stack.choose(id, event.currentTarget.checked)}
            />
            {title}
          </label>
        ))}
      </fieldset>
    </details>
  );
}

function said(chosen: readonly { title: string }[], all: boolean): string {
  if (chosen.length === 0) return 'none';
  if (all) return 'all';
  return chosen.length === 1 ? chosen[0]!.title : `${chosen.length} others`;
}
