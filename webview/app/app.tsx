/** The panel: controls above, the picture and its timeline, what it means beside it (below it, where there is no room). */
import { useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Benchmark } from '../benchmark/benchmark.tsx';
import type { Playground } from '../state/playground.ts';
import { Guide } from '../tour/guide.ts';
import { TourCard } from '../tour/tour-card.tsx';
import { Tabs, type Tab } from '../ui/tabs.tsx';
import { PlaygroundContext, usePlayground } from '../state/context.ts';
import { Header } from './header.tsx';
import { History } from './history.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { Results } from './results.tsx';
import { Stage } from './stage.tsx';
import { Timeline } from '../timeline/timeline.tsx';
import { Guarded, Trouble } from './trouble.tsx';

export function App({ playground }: { playground: Playground }) {
  return (
    <PlaygroundContext.Provider value={playground}>
      <Guarded>
        <Panel />
      </Guarded>
    </PlaygroundContext.Provider>
  );
}

function Panel() {
  const playground = usePlayground();
  const guide = useMemo(() => new Guide(playground), [playground]);
  if (!playground.opened.value) {
    const waiting = playground.trouble.value === '' && !playground.pulse.gone.value;
    return (
      <main class="app" aria-busy={waiting}>
        {waiting ? <p class="opening quiet">Getting ready…</p> : <Trouble />}
      </main>
    );
  }
  return (
    <main class={`app ${playground.place.value}`}>
      <h1 class="visually-hidden">{playground.form.entry.value?.title ?? 'System Design Labs'}</h1>
      <Trouble />
      <Header />
      <div class="body">
        <div class="picture">
          <Stage />
          <TourCard guide={guide} />
          <Timeline />
        </div>
        <Side />
      </div>
      <Announcer />
      <Clock />
    </main>
  );
}

type SideTab = 'results' | 'inspector' | 'history' | 'benchmark';
const sideTabs: readonly Tab<SideTab>[] = [
  { id: 'results', title: 'Results' },
  { id: 'inspector', title: 'Inspector' },
  { id: 'history', title: 'Runs' },
  { id: 'benchmark', title: 'Benchmark' },
];

function Side() {
  const playground = usePlayground();
  const active = useSignal<SideTab>('results');
  const { selection, run } = playground;
  const benchmark = playground.benchmarks.latest;
  useEffect(() => {
    if (selection.value) active.value = 'inspector';
  }, [selection.value]);
  useEffect(() => {
    if (benchmark.value?.state === 'running') active.value = 'benchmark';
  }, [benchmark.value?.state]);
  useEffect(() => {
    if (run.value?.failure) active.value = 'results';
  }, [run.value?.failure]);
  if (!run.value && !benchmark.value && playground.runs.list.value.length === 0) return null;
  return (
    <aside class="side" aria-label="About the run">
      <Tabs label="About the run" tabs={sideTabs} active={active.value} onChange={(id) => (active.value = id)}>
        {active.value === 'results' && <Results />}
        {active.value === 'inspector' && <Inspector />}
        {active.value === 'history' && <History />}
        {active.value === 'benchmark' && <Benchmark />}
      </Tabs>
    </aside>
  );
}

/** Short words for a screen reader when something happens. */
function Announcer() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {usePlayground().notice.value}
    </div>
  );
}

/** Moves the cursor with the browser's frames while the run is played. */
function Clock() {
  const playground = usePlayground();
  const playing = playground.player.playing.value;
  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function tick(now) {
      playground.player.tick(Math.max(0, now - last), !playground.complete);
      last = now;
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);
  return null;
}
