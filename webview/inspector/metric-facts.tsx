/** What stands behind a figure: the requests it was counted from, with their time split into waiting and work. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { findBehind } from '../../labs/engine/scene/behind.ts';
import type { Found, Span } from '../../labs/engine/scene/found.ts';
import { formatDuration, formatFigure } from '../../labs/engine/scene/event-text.ts';
import { usePlayground } from '../state/context.ts';
import { formatMetric, unitOf } from '../state/format.ts';
import { useArrivals } from '../ui/calm.ts';

/** More than these nobody reads; the mean is of all. */
const mostListed = 30;

export function MetricFacts({ metric }: { metric: string }) {
  const playground = usePlayground();
  const declared = playground.lab.value?.metrics[metric];
  const value = playground.run.value?.report?.metrics[metric];
  const heading = useRef<HTMLHeadingElement>(null);
  const trace = playground.trace.value;
  const arrived = useArrivals().value;
  const behind = declared?.behind;
  const found = useMemo(() => behind && findBehind(trace, behind, mostListed), [trace, arrived, behind]);
  const longest = Math.max(0, ...(found?.spans ?? []).map(({ total }) => total));
  // The question was asked elsewhere: the answer is where the focus goes, or it would be lost.
  useEffect(() => heading.current?.focus(), [metric]);
  if (!declared || !found) return <p class="quiet">The trace does not show what this figure was counted from.</p>;
  return (
    <>
      <h2 ref={heading} tabIndex={-1}>
        Why is “{declared.title}” {value === undefined ? 'as it is' : formatMetric(value, declared)} {unitOf(declared)}?
      </h2>
      <Sum found={found} />
      {found.spans.length > 0 && (
        <ol class="spans" aria-label="What is behind it">
          {found.spans.map((span) => (
            <SpanRow key={span.event} span={span} longest={longest} metric={metric} />
          ))}
        </ol>
      )}
    </>
  );
}

/** How many there are, how many are listed, and what they have in common. */
function Sum({ found: { spans, count, mean } }: { found: Found }) {
  const playground = usePlayground();
  const { events = 0 } = playground.run.value?.summary ?? {};
  const partly = playground.trace.value.length < events;
  const stretched = playground.holding.isStretched;
  if (count === 0) return <p class="quiet">There are none in this run{partly && ', as far as it was kept'}.</p>;
  const timed = mean.total > 0;
  return (
    <p class="quiet">
      {formatFigure(count)} in{' '}
      {stretched
        ? 'the stretch of this long run that is at hand, around the cursor'
        : partly
          ? 'the events that were kept'
          : 'the whole run, its warm-up too'}
      {timed &&
        `; on average ${formatDuration(mean.total)}: ${formatDuration(mean.waiting)} waiting, ${formatDuration(mean.service)} at work`}
      .{' '}
      {count > spans.length &&
        `Here are the ${timed ? '' : 'first '}${spans.length}${timed ? ' that took longest' : ''}.`}
    </p>
  );
}

interface SpanRowProps {
  span: Span;
  /** Of the longest one listed. */
  longest: number;
  metric: string;
}

function SpanRow({ span, longest, metric }: SpanRowProps) {
  const playground = usePlayground();
  const { name, outcome, total, waiting, service, event } = span;
  return (
    <li>
      <button type="button" class="span-row" onClick={() => playground.visit(event, metric)}>
        <span class="span-name">{name}</span>
        {total > 0 && <span class="figure">{formatDuration(total)}</span>}
        {total > 0 && <SplitBar {...{ total, waiting, service, longest }} />}
        <span class="quiet span-words">
          {total > 0 && `${formatDuration(waiting)} waiting, ${formatDuration(service)} at work · `}
          {outcome}
        </span>
      </button>
    </li>
  );
}

/** Waiting and work as parts of a bar; the words beside it say the same. */
function SplitBar({
  total,
  waiting,
  service,
  longest,
}: Pick<Span, 'total' | 'waiting' | 'service'> & { longest: number }) {
  const width = (part: number): string => `${(100 * part) / longest}%`;
  return (
    <span class="split-bar" aria-hidden="true">
      <span class="waiting" style={{ width: width(waiting) }} />
      <span class="service" style={{ width: width(service) }} />
      <span class="on-the-way" style={{ width: width(total - waiting - service) }} />
    </span>
  );
}
