/** The marks on the lanes. Those of the run on the screen are one stop of the Tab key, with arrows from one to the next. */
import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { indexOf } from '../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../state/context.ts';
import { clusterMarks, markToVisit, type Cluster } from './clusters.ts';
import type { Lanes } from './lanes.ts';
import { markGap, type Measures } from './measures.ts';
import type { TimelineModel } from './model.ts';
import type { Span } from './span.ts';

/** Texts of a cluster that are listed; of more, their number. */
const listed = 6;

interface PlacedCluster extends Cluster {
  lane: number;
  /** Whether it is of the run on the screen. */
  own: boolean;
}

export function Marks({ model, width, measures }: { model: TimelineModel; width: number; measures: Measures }) {
  const playground = usePlayground();
  const { player, trace } = playground;
  const all = model.lanes.value;
  const clusters = clustersOn(all, model.window.value, width);
  const own = clusters.filter((cluster) => cluster.own);
  const others = clusters.filter((cluster) => !cluster.own);
  const focused = useSignal(0);
  const bar = useRef<HTMLDivElement>(null);
  const stop = Math.min(focused.value, own.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: own.length - 1 }[event.key];
    if (next === undefined || event.altKey || event.shiftKey) return;
    event.preventDefault();
    focused.value = Math.min(own.length - 1, Math.max(0, next));
    bar.current?.querySelectorAll('button')[focused.value]?.focus({ preventScroll: true });
  };
  const visit = (cluster: PlacedCluster): void => {
    const { event, text } = markToVisit(cluster, cluster.own ? indexOf(trace.value, player.cursor.value) : -1);
    if (cluster.own) playground.goTo(event);
    else playground.open(all.lanes[cluster.lane]!.run.id, event);
    playground.notice.value = text;
  };
  return (
    <>
      <div class="marks" aria-hidden="true">
        {others.map((cluster) => (
          <MarkButton
            key={keyOf(cluster)}
            cluster={cluster}
            measures={measures}
            stop={false}
            onClick={() => visit(cluster)}
          />
        ))}
      </div>
      {own.length > 0 && (
        <div ref={bar} class="marks" role="toolbar" aria-label="Marks in view" onKeyDown={onKeyDown}>
          {own.map((cluster, i) => (
            <MarkButton
              key={keyOf(cluster)}
              cluster={cluster}
              measures={measures}
              stop={i === stop}
              onFocus={() => (focused.value = i)}
              onClick={() => visit(cluster)}
            />
          ))}
        </div>
      )}
    </>
  );
}

function keyOf({ lane, marks }: PlacedCluster): string {
  return `${lane} ${marks[0]!.event}`;
}

/** Each lane has the marks that came after it parted from its parent; those before are its parent's. */
function clustersOn({ lanes }: Lanes, span: Span, width: number): PlacedCluster[] {
  return lanes.flatMap(({ from, outline, taken }, lane) => {
    if (!outline) return [];
    const next = lanes.find((other) => other.taken && other.parent === lane);
    const later = outline.marks.filter(({ place }) => place >= from);
    const along = taken ? later.filter(({ place }) => !next || place < next.from) : [];
    const aside = later.slice(along.length);
    const own = clusterMarks(along, span, width, markGap).map((cluster) => ({ ...cluster, lane, own: true }));
    const least = own.length > 0 ? own.at(-1)!.x + markGap : -Infinity;
    const others = clusterMarks(aside, span, width, markGap, least);
    return [...own, ...others.map((cluster) => ({ ...cluster, lane, own: false }))];
  });
}

interface MarkButtonProps {
  cluster: PlacedCluster;
  measures: Measures;
  /** The Tab key stops here. */
  stop: boolean;
  onFocus?: () => void;
  onClick: () => void;
}

function MarkButton({ cluster, measures, stop, onFocus, onClick }: MarkButtonProps) {
  const { x, tone, marks, lane, own } = cluster;
  const texts = marks.slice(0, listed).map(({ text }) => text);
  const more = marks.length > listed ? `and ${marks.length - listed} more` : '';
  const lines = [...texts, more].filter(Boolean);
  const many = marks.length > 1;
  const count = marks.length < 100 ? String(marks.length) : '99+';
  return (
    <button
      type="button"
      tabIndex={stop ? 0 : -1}
      class={`mark ${tone}${many ? ' many' : ''}${own ? '' : ' aside'}`}
      style={{ left: `${x}px`, top: `${lane * measures.lane + measures.marks}px` }}
      title={lines.join('\n')}
      aria-label={`${many ? `${count} marks` : 'Jump to'}: ${lines.join(', ')}`}
      onFocus={onFocus}
      onClick={onClick}
    >
      {many && count}
    </button>
  );
}
