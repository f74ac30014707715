/** What a panel must know to show the same thing again, and the telling of it once it has come to rest. */
import { effect } from '@preact/signals';
import type { panelProtocolVersion, PanelState } from '../../labs/engine/protocol/panel.ts';
import { indexOf } from '../../labs/engine/scene/trace-view.ts';
import type { PanelHost } from '../host.ts';
import type { Playground } from './playground.ts';

const version: typeof panelProtocolVersion = 1;
/** Dragging the cursor changes it with every pixel: only where it comes to rest is worth a message. */
const rest = 100; // ms

/** Tells the host, and VS Code, of every change of what is to be kept. */
export function keepState(playground: Playground, host: PanelHost): void {
  let keeping: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    if (!playground.opened.value) return;
    const state = stateOf(playground);
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      host.keep(state);
      host.post({ type: 'state', state });
    }, rest);
  });
}

function stateOf({ form, player, shown, text, trace, views }: Playground): PanelState {
  const choice = form.toRun();
  return {
    version,
    lab: form.lab.value,
    algorithm: form.algorithm.value,
    scenario: form.scenario.value,
    ...(choice ? { seed: choice.seed, parameters: choice.parameters } : {}),
    ...(text.value?.copy ? { copy: text.value.copy } : {}),
    ...(shown.value === undefined ? {} : { run: shown.value }),
    // While it plays, the cursor moves with every frame: it is kept when it comes to rest.
    ...(player.playing.value ? {} : { cursor: indexOf(trace.value, player.cursor.value) }),
    ...(views.chosen.value === undefined ? {} : { view: views.chosen.value }),
  };
}
