/** The ring: canvases for the eye, arrow keys and a sentence for everyone, loads beside it, a table below. */
import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef } from 'preact/hooks';
import type { Action } from '../../../labs/engine/lab/lab.ts';
import type { RingScene } from '../../../labs/engine/scene/ring-scene.ts';
import { describeRing, explainItem, explainServer } from '../../../labs/engine/scene/ring-words.ts';
import { usePlayground } from '../../state/context.ts';
import { formatFigure } from '../../../labs/engine/scene/event-text.ts';
import { useCalm } from '../../ui/calm.ts';
import { Button } from '../../ui/controls.tsx';
import { watchTheme } from '../../ui/theme.ts';
import type { PaintedRing } from './painted-ring.ts';
import { hitRing, type RingHit } from './ring-geometry.ts';
import { isStep, walkRing } from './ring-keys.ts';
import { LoadChart } from './load-chart.tsx';
import { RingPicture } from './ring-picture.ts';
import { RingTable } from './ring-table.tsx';

export function RingView() {
  const playground = usePlayground();
  const frame = useRef<HTMLDivElement>(null);
  const picture = useRef<RingPicture>(undefined);
  const pointed = useSignal<RingHit | undefined>(undefined);
  const painted = useSignal<PaintedRing | undefined>(undefined);
  const asked = useRef(0);

  const paint = useCallback((now: number) => {
    asked.current = 0;
    if (!picture.current) return;
    const scene = picture.current.scene;
    const goesOn = picture.current.paint(
      {
        trace: playground.trace.peek(),
        cursor: playground.player.cursor.peek(),
        pointed: pointed.peek(),
        selected: selectedHit(scene, playground.selection.peek()),
        still: playground.reducedMotion.peek(),
      },
      now,
    );
    painted.value = { scene: picture.current.scene! };
    if (goesOn) ask();
  }, []);
  const ask = useCallback(() => {
    if (asked.current === 0) asked.current = requestAnimationFrame(paint);
  }, []);

  useEffect(() => {
    picture.current = new RingPicture(frame.current!);
    const again = (): void => {
      picture.current?.invalidate();
      ask();
    };
    const size = new ResizeObserver(again);
    size.observe(frame.current!);
    const forget = watchTheme(again);
    return () => {
      size.disconnect();
      forget();
      cancelAnimationFrame(asked.current);
      frame.current?.replaceChildren();
    };
  }, []);
  useSignalEffect(() => {
    void [playground.trace.value.revision.value, playground.player.cursor.value, playground.selection.value];
    void pointed.value;
    ask();
  });

  const actions = playground.lab.value?.actions ?? [];
  const onNode = actions.filter(({ target }) => target === 'node');
  const onRing = actions.filter(({ target }) => target === 'ring');

  /** Does what a click on a thing offers: the one action declared for it, or else shows its facts. */
  const act = (hit: RingHit | undefined): void => {
    const scene = picture.current?.scene;
    if (!hit || !scene) return;
    if (hit.type === 'item') playground.selection.value = { type: 'item', name: scene.itemName(hit.item) };
    else if (hit.type === 'server') {
      const node = scene.servers[hit.server]!.name;
      if (onNode.length === 1) playground.interfere({ action: onNode[0]!, target: { node } });
      else playground.selection.value = { type: 'node', name: node };
    } else if (onRing.length > 0) {
      playground.interfere({ action: onRing[0]!, target: { position: hit.position } });
    }
  };

  const hitAt = (event: PointerEvent | MouseEvent): RingHit | undefined => {
    const { scene, geometry } = picture.current ?? {};
    if (!scene || !geometry) return undefined;
    const box = frame.current!.getBoundingClientRect();
    const hit = hitRing(scene, geometry, event.clientX - box.left, event.clientY - box.top);
    return hit?.type === 'circle' && onRing.length === 0 ? undefined : hit;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const scene = picture.current?.scene;
    if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isStep(event.key)) pointed.value = walkRing(scene, pointed.value, event.key);
    else if (event.key === 'Enter') select(scene, pointed.value);
    else if (event.key === 'Delete' && pointed.value?.type === 'server') act(pointed.value);
    else if (event.key === 'Insert' && onRing.length > 0) act({ type: 'circle', position: 0 });
    else if (event.key === 'Escape') pointed.value = undefined;
    else return;
    event.preventDefault();
  };
  const select = (scene: RingScene, hit: RingHit | undefined): void => {
    if (hit?.type === 'item') playground.selection.value = { type: 'item', name: scene.itemName(hit.item) };
    if (hit?.type === 'server') playground.selection.value = { type: 'node', name: scene.servers[hit.server]!.name };
  };

  return (
    <div class="ring-view">
      <div class="ring-and-load">
        <div class="ring-stage">
          <div
            ref={frame}
            class={`ring-frame${pointed.value && isActionable(pointed.value, onNode, onRing) ? ' actionable' : ''}`}
            role="application"
            aria-roledescription="ring"
            aria-label="Ring of servers and keys. Left and right walk along it, up goes to servers, down to keys."
            tabIndex={0}
            onPointerMove={(event) => (pointed.value = hitAt(event))}
            onPointerLeave={() => (pointed.value = undefined)}
            onClick={(event) => act(hitAt(event))}
            onKeyDown={onKeyDown}
            onBlur={() => (pointed.value = undefined)}
          />
          <Centre painted={painted} />
        </div>
        <LoadChart painted={painted} pointed={pointed} />
      </div>
      <Explanation painted={painted} pointed={pointed} onNode={onNode} onRing={onRing} />
      {onRing.length > 0 && playground.player.length.value > 0 && (
        <div class="view-actions">
          {onRing.map((action) => (
            <Button
              key={action.id}
              icon="add"
              title={`${action.title} at the cursor: makes a branch`}
              onClick={() => playground.interfere({ action, target: { position: 0 } })}
            >
              {action.title}
            </Button>
          ))}
        </div>
      )}
      <RingTable painted={painted} actions={onNode} />
    </div>
  );
}

/** In the middle of the circle: how many there are, and how many have just moved. */
function Centre({ painted }: { painted: Signal<PaintedRing | undefined> }) {
  const scene = useCalm(painted, 80)?.scene;
  if (!scene) return null;
  const count = scene.items.number.length;
  const moved = scene.phase.event < 0 ? 0 : scene.movedItems;
  return (
    <div class="ring-centre" aria-hidden="true">
      <span class="centre-figure">{formatFigure(moved > 0 ? moved : count)}</span>
      <span class={moved > 0 ? 'centre-moved' : 'quiet'}>
        {moved > 0 ? `moved, ${((100 * moved) / count).toFixed(1)} %` : 'keys'}
      </span>
      <span class="quiet">
        {moved > 0 ? `of ${formatFigure(count)} keys` : `${formatFigure(scene.presentServers)} servers`}
      </span>
    </div>
  );
}

interface ExplanationProps {
  painted: Signal<PaintedRing | undefined>;
  pointed: { value: RingHit | undefined };
  onNode: readonly Action[];
  onRing: readonly Action[];
}

/** One line below the ring: what is pointed at, or the state of the whole. */
function Explanation({ painted, pointed, onNode, onRing }: ExplanationProps) {
  const scene = painted.value?.scene;
  const hit = pointed.value;
  const text = useMemo(() => {
    if (!scene) return '';
    if (hit?.type === 'item') return explainItem(scene, hit.item);
    if (hit?.type === 'server') {
      const offer = onNode.length === 1 ? ` Click or Delete: ${onNode[0]!.title.toLowerCase()}.` : '';
      return explainServer(scene, hit.server) + offer;
    }
    if (hit?.type === 'circle') return `Click: ${onRing[0]?.title.toLowerCase() ?? ''}.`;
    return describeRing(scene);
  }, [painted.value, hit]);
  return (
    <p class="explanation" aria-live={hit ? 'polite' : 'off'}>
      {text}
    </p>
  );
}

function isActionable(hit: RingHit, onNode: readonly Action[], onRing: readonly Action[]): boolean {
  return hit.type === 'item' || (hit.type === 'server' ? onNode.length > 0 : onRing.length > 0);
}

function selectedHit(scene: RingScene | undefined, selection: unknown): RingHit | undefined {
  const { type, name } = (selection ?? {}) as { type?: string; name?: string };
  if (!scene || name === undefined) return undefined;
  if (type === 'node') {
    const server = scene.findServer(name);
    return server >= 0 && scene.servers[server]!.present ? { type: 'server', server } : undefined;
  }
  const item = type === 'item' ? scene.findItem(name) : -1;
  return item >= 0 ? { type: 'item', item } : undefined;
}
