/** The lines, arrows and words of a space-time diagram. */
import type { SequenceMessage, SequenceMoment, SequenceScene } from '../../../labs/engine/scene/sequence-scene.ts';
import { seriesFill } from '../../ui/series.ts';
import type { SequenceLayout, SequencePart } from './sequence-layout.ts';

/** How long a message on its way is drawn when nobody knows its end, in pixels. */
const openEnd = 22;

interface SequencePictureProps {
  scene: SequenceScene;
  layout: SequenceLayout;
  part: SequencePart;
  /** Heights between which things are drawn. */
  top: number;
  bottom: number;
  cursor: number;
  /** Index of the event that is selected, −1 for none. */
  selected: number;
  onSelect: (event: number) => void;
}

export function SequencePicture(props: SequencePictureProps) {
  const { scene, layout, part, top, bottom, cursor, selected, onSelect } = props;
  const { x, y } = layout;
  return (
    <g>
      <defs>
        <marker
          id="arrow"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerUnits="userSpaceOnUse"
          markerWidth="9"
          markerHeight="9"
          orient="auto"
        >
          <path d="M0 0.5 L7.5 4 L0 7.5 z" class="arrow-head" />
        </marker>
      </defs>
      {scene.lanes.map((name, lane) => (
        <line
          key={name}
          x1={x(lane)}
          x2={x(lane)}
          y1={top}
          y2={bottom}
          class="lane"
          style={{ stroke: seriesFill(lane) }}
        />
      ))}
      {part.gaps.map(({ lane, kind, from, to }) => (
        <rect
          key={`gap ${from}`}
          class={`gap ${kind}`}
          x={x(lane) - 5}
          width={10}
          y={y(from)}
          height={Math.max(2, (to < 0 ? layout.height : y(to)) - y(from))}
        >
          <title>{kind}</title>
        </rect>
      ))}
      {part.messages.map((message) => (
        <Arrow
          key={message.send}
          message={message}
          layout={layout}
          ahead={message.send > cursor}
          flying={message.send <= cursor && (message.end < 0 || message.end > cursor)}
          selected={selected === message.send || (message.end >= 0 && selected === message.end)}
          onSelect={onSelect}
        />
      ))}
      {part.moments.map((moment) => (
        <Moment
          key={moment.event}
          moment={moment}
          layout={layout}
          // There is no room to the right of the last lane.
          leftwards={moment.lane > 0 && moment.lane === scene.lanes.length - 1}
          ahead={moment.event > cursor}
          selected={selected === moment.event}
          onSelect={onSelect}
        />
      ))}
      <line x1={0} x2={layout.width} y1={y(cursor)} y2={y(cursor)} class="cursor-line" />
    </g>
  );
}

interface ArrowProps {
  message: SequenceMessage;
  layout: SequenceLayout;
  /** It has not happened yet. */
  ahead: boolean;
  /** It is on its way at the cursor. */
  flying: boolean;
  selected: boolean;
  onSelect: (event: number) => void;
}

function Arrow({ message, layout: { x, y, step, traffic }, ahead, flying, selected, onSelect }: ArrowProps) {
  const { from, to, send, end, label, outcome } = message;
  const x1 = x(from);
  const y1 = y(send);
  // A message to oneself goes out and comes back.
  const self = from === to;
  const reach = outcome === 'lost' ? 0.7 : 1;
  const x2 = self ? x1 : x1 + (x(to) - x1) * reach;
  const y2 = end < 0 ? y1 + openEnd : y1 + (y(end) - y1) * reach;
  const bow = step * 0.4;
  const path = self ? `M${x1} ${y1} C${x1 + bow} ${y1} ${x1 + bow} ${y2} ${x2} ${y2}` : `M${x1} ${y1} L${x2} ${y2}`;
  const classes = [
    'message',
    outcome.replaceAll(' ', '-'),
    ahead && 'ahead',
    flying && 'flying',
    selected && 'selected',
  ];
  // Half a lane from the quieter end: there the word runs into no other lane's, and a fan of messages spreads its words.
  const half = 0.5 / Math.max(1, Math.abs(to - from));
  const along = (traffic[from]! <= traffic[to]! ? half : 1 - half) / reach;
  return (
    <g class={classes.filter(Boolean).join(' ')} onClick={() => onSelect(send)}>
      <title>{`${label}: ${outcome}`}</title>
      <path d={path} class="hit" />
      <path d={path} class="shaft" marker-end={outcome === 'lost' ? undefined : 'url(#arrow)'} />
      {outcome === 'lost' && <path d={`M${x2 - 5} ${y2 - 5} l10 10 m0 -10 l-10 10`} class="loss" />}
      <text
        x={self ? x1 + bow * 0.8 : x1 + (x2 - x1) * along}
        y={self ? (y1 + y2) / 2 - 4 : y1 + (y2 - y1) * along - 4}
        text-anchor={self ? 'start' : 'middle'}
      >
        {label}
      </text>
    </g>
  );
}

interface MomentProps {
  moment: SequenceMoment;
  layout: SequenceLayout;
  /** Its text stands to the left of the lane. */
  leftwards: boolean;
  ahead: boolean;
  selected: boolean;
  onSelect: (event: number) => void;
}

function Moment({ moment, layout, leftwards, ahead, selected, onSelect }: MomentProps) {
  const { lane, tone, text, event } = moment;
  const height = layout.y(event);
  const classes = ['moment', `tone-${tone}`, ahead && 'ahead', selected && 'selected'].filter(Boolean).join(' ');
  const room = Math.floor(layout.step / 6.6);
  const short = text.length > room ? `${text.slice(0, room - 1)}…` : text;
  if (lane < 0) {
    return (
      <g class={classes} onClick={() => onSelect(event)}>
        <title>{text}</title>
        <line x1={0} x2={layout.width} y1={height} y2={height} class="across" />
        <text x={6} y={height - 4}>
          {text}
        </text>
      </g>
    );
  }
  return (
    <g class={classes} onClick={() => onSelect(event)}>
      <title>{text}</title>
      <circle cx={layout.x(lane)} cy={height} r={4.5} />
      <text x={layout.x(lane) + (leftwards ? -9 : 9)} y={height + 4} text-anchor={leftwards ? 'end' : 'start'}>
        {short}
      </text>
    </g>
  );
}
