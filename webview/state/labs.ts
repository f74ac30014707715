/** The labs as a panel knows them: of each its head; whole those that it came to show; the tours that are taken. */
import { signal } from '@preact/signals';
import type { LabEntry, LabHead } from '../../labs/engine/lab/catalogue.ts';
import { byId } from '../../labs/engine/lab/formerly.ts';
import type { Tour } from '../../labs/engine/lab/tour.ts';
import type { HostMessage, OpenMessage, PanelMessage } from '../../labs/engine/protocol/panel.ts';

export class Labs {
  readonly heads = signal<readonly LabHead[]>([]);
  readonly #known = signal<readonly LabEntry[]>([]);
  /** By lab and scenario. */
  readonly #tours = signal<ReadonlyMap<string, Tour>>(new Map());
  readonly #post: (message: PanelMessage) => void;

  constructor(post: (message: PanelMessage) => void) {
    this.#post = post;
  }

  /** Takes all anew: labs may have changed. */
  reset({ catalogue, labs }: Pick<OpenMessage, 'catalogue' | 'labs'>): void {
    this.heads.value = catalogue;
    this.#known.value = labs;
    this.#tours.value = new Map();
  }

  /** A lab, as far as it is here. */
  known(id: string | undefined): LabEntry | undefined {
    return byId(this.#known.value, id);
  }

  /** Sees to it that a lab comes, if there is one of that id. */
  want(id: string): void {
    if (this.comes(id)) this.#post({ type: 'lab', lab: byId(this.heads.value, id)!.id });
  }

  /** Whether a lab is not here, and there is one. */
  comes(id: string): boolean {
    return !this.known(id) && byId(this.heads.value, id) !== undefined;
  }

  receive({ lab }: Extract<HostMessage, { type: 'lab' }>): void {
    this.#known.value = [...this.#known.value.filter(({ id }) => id !== lab.id), lab];
  }

  /** The tour of a scenario, as far as it is here. */
  tour(lab: string, scenario: string): Tour | undefined {
    return this.#tours.value.get(keyOf(lab, scenario));
  }

  /** Sees to it that a tour comes. */
  wantTour(lab: string, scenario: string): void {
    if (!this.tour(lab, scenario)) this.#post({ type: 'tour', lab, scenario });
  }

  receiveTour({ lab, scenario, tour }: Extract<HostMessage, { type: 'tour' }>): void {
    this.#tours.value = new Map(this.#tours.value).set(keyOf(lab, scenario), tour);
  }
}

function keyOf(lab: string, scenario: string): string {
  return `${lab}/${scenario}`;
}
