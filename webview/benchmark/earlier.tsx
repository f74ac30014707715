/** Earlier results of the algorithm: two of them, or one and what stands in the editor, side by side as speed and as text. */
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { isSameText } from '../../labs/engine/benchmark/speed-change.ts';
import type { KeptBenchmark } from '../../labs/engine/protocol/panel.ts';
import { usePlayground } from '../state/context.ts';
import { formatMoment } from '../state/format.ts';
import { Comparison } from './comparison.tsx';
import { formatTime, isMeasured } from './figures.ts';

/** Chosen in place of a result: the text in the editor, which has no figures yet. */
const now = 'now';

export function Earlier() {
  const playground = usePlayground();
  const { form, benchmarks } = playground;
  const lab = form.lab.value;
  const algorithm = form.algorithm.value;
  const over = benchmarks.latest.value?.state !== 'running';
  useEffect(() => {
    if (over) benchmarks.askForEarlier();
  }, [lab, algorithm, over]);
  const history = benchmarks.earlier.value;
  if (history?.lab !== lab || history.algorithm !== algorithm || history.kept.length === 0) return null;
  return <List key={`${lab} ${algorithm} ${history.kept[0]!.id}`} kept={history.kept} limit={history.limit} />;
}

interface ListProps {
  /** Newest first, one or more. */
  kept: readonly KeptBenchmark[];
  limit: number;
}

function List({ kept, limit }: ListProps) {
  const newest = kept[0]!;
  const before = useSignal((kept.find((one) => !isSameText(one, newest)) ?? kept[1] ?? newest).id);
  const after = useSignal(kept.length > 1 ? newest.id : now);
  const find = (id: string): KeptBenchmark | undefined => kept.find((one) => one.id === id);
  const id = useId();
  return (
    <section class="bench-earlier" aria-labelledby={id}>
      <h3 id={id}>Earlier results</h3>
      <div class="bench-kept-head quiet" aria-hidden="true">
        <span>Before</span>
        <span>After</span>
      </div>
      <ul>
        <li class="bench-kept">
          <span />
          <Choice
            side="after"
            chosen={after.value === now}
            what="what stands in the editor"
            name={id}
            onChoose={() => (after.value = now)}
          />
          <span class="bench-kept-facts">
            Now <span class="quiet">what stands in the editor</span>
          </span>
        </li>
        {kept.map((one) => (
          <li key={one.id} class="bench-kept">
            {([before, after] as const).map((side, n) => (
              <Choice
                key={n}
                side={n === 0 ? 'before' : 'after'}
                chosen={side.value === one.id}
                what={`${formatMoment(one.at, Date.now())}, ${textOf(one)}`}
                name={id}
                onChoose={() => (side.value = one.id)}
              />
            ))}
            <span class="bench-kept-facts">
              {formatMoment(one.at, Date.now())} <span class="quiet">{textOf(one)}</span>
            </span>
            <span class="figure">{isMeasured(one.row) ? formatTime(one.row.nsPerOp) : '–'}</span>
          </li>
        ))}
      </ul>
      <Comparison before={find(before.value) ?? newest} after={find(after.value)} />
      <p class="quiet">The last {limit} results of a lab are kept, with the text that they measured.</p>
    </section>
  );
}

interface ChoiceProps {
  side: 'before' | 'after';
  chosen: boolean;
  /** What is chosen, for a screen reader. */
  what: string;
  /** Of the list, so that two lists do not share their choices. */
  name: string;
  onChoose: () => void;
}

function Choice({ side, chosen, what, name, onChoose }: ChoiceProps) {
  return (
    <input
      type="radio"
      name={`${name} ${side}`}
      aria-label={`${side}: ${what}`}
      title={`Take this as ‘${side}’`}
      checked={chosen}
      onChange={onChoose}
    />
  );
}

/** Which text it was: 'your edit 0c380fe7', 'as shipped in 0.1.0'. */
function textOf({ row }: KeptBenchmark): string {
  return row.kind === 'edited' ? `your edit ${row.version}` : `as shipped in ${row.version}`;
}
