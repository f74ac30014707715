/**
 * Which views are offered of the run on the screen, and which of them is looked at. A view that the run cannot fill is
 * not offered; what that is, is known when the run is over and all of it has been looked through. Until then tabs stay:
 * those of the run of the same scenario before it, and those for which there is something by now; where none was seen
 * before, all that the lab has.
 */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { LabEntry } from '../../labs/engine/lab/catalogue.ts';
import { viewsOf, type LabViews, type ViewId } from '../../labs/engine/lab/views.ts';
import { EventKind } from '../../labs/engine/trace/event.ts';
import { drawnOf, registry } from '../views/registry.ts';
import type { Drawable } from '../views/view.ts';
import type { KnownKinds } from './holding.ts';
import type { KnownRun } from './runs.ts';

/** What is on the screen. */
export interface ViewsParts {
  run(): KnownRun | undefined;
  /** Of the run; of the form, when there is none. */
  lab(): LabEntry | undefined;
  /** Kinds of event in the run. */
  kinds(): KnownKinds;
}

/** Of a run whose lab is gone there is still the log. */
const noLab: LabViews = { views: [] };

export class Views {
  /** Those that are offered, in the lab's order. */
  readonly offered: ReadonlySignal<readonly ViewId[]>;
  /** The one that is looked at: the one that was chosen, otherwise the first that is offered. */
  readonly active: ReadonlySignal<ViewId>;
  /** The one that was chosen, of the lab on the screen. */
  readonly chosen: ReadonlySignal<ViewId | undefined>;
  /**
   * Why the view that one expects shows nothing, as a sentence; '' where it does show something. That is the chosen one, whose
   * tab stays where it is, or else the lab's first, in whose place another one opens.
   */
  readonly nothing: ReadonlySignal<string>;
  readonly #parts: ViewsParts;
  /** Those for which there is something in the run, or may be. A text: it changes when one comes or goes, not with each frame. */
  readonly #drawn = computed(() => this.#findDrawn().join(' '));
  /** Which view was chosen last, and of which lab: any other lab opens with its own first. */
  readonly #looked = signal<{ lab: string | undefined; view: string | undefined } | undefined>(undefined);
  /** Kinds of event in the latest run of each scenario that was looked through. */
  readonly #kindsBefore = new Map<string, ReadonlySet<number>>();

  constructor(parts: ViewsParts) {
    this.#parts = parts;
    const every = computed(() => viewsOf(parts.lab() ?? noLab));
    this.chosen = computed(() => {
      const looked = this.#looked.value;
      return looked?.lab === parts.lab()?.id ? every.value.find((id) => id === looked?.view) : undefined;
    });
    this.offered = computed(() => every.value.filter((id) => this.draws(id) || id === this.chosen.value));
    this.active = computed(() => this.chosen.value ?? this.offered.value[0] ?? 'log');
    this.nothing = computed(() => {
      const expected = this.chosen.value ?? every.value[0];
      if (expected === undefined || this.draws(expected)) return '';
      const { title, nothing } = registry[expected];
      return `${title} has nothing to draw: ${nothing}.`;
    });
    effect(() => this.#remember());
  }

  /** Whether the lab has a view, and there is something for it in the run on the screen, or may be. */
  draws(view: ViewId): boolean {
    return this.#drawn.value.split(' ').includes(view);
  }

  /** Looks at a view of the lab on the screen; at its first, where it has no such view. */
  look(view: string | undefined): void {
    this.#looked.value = { lab: this.#parts.lab()?.id, view };
  }

  #findDrawn(): readonly ViewId[] {
    const lab = this.#parts.lab();
    const run = this.#parts.run();
    if (!lab || !run) return viewsOf(lab ?? noLab);
    const { kinds, all } = this.#parts.kinds();
    const before = all ? kinds : this.#kindsBefore.get(scenarioOf(run));
    const has: Drawable['has'] = (...wanted) =>
      wanted.some((kind) => before === undefined || before.has(EventKind[kind]) || kinds.has(EventKind[kind]));
    return drawnOf({ lab, algorithm: run.summary.algorithm, report: run.report, has });
  }

  /** Keeps which kinds a run of its scenario has, once that is known. */
  #remember(): void {
    const run = this.#parts.run();
    const { kinds, all } = this.#parts.kinds();
    if (run && all) this.#kindsBefore.set(scenarioOf(run), kinds);
  }
}

function scenarioOf({ summary: { lab, scenario } }: KnownRun): string {
  return `${lab} ${scenario}`;
}
