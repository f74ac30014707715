/**
 * Whose text each panel runs of each lab. What a panel has said that it runs stands until the learner chooses otherwise,
 * even when that copy has gone: then nothing runs in its place.
 */
import type { CopyName, LabText, PanelState } from '../../labs/engine/protocol/panel.ts';

/** What there is to choose from. */
export interface ChoosableTexts {
  /** The copy of a lab that runs when nothing says otherwise; undefined: the bundled text. */
  usual(lab: string): CopyName | undefined;
  /** Whether there is any copy that holds a lab, trusted or not. */
  copied(lab: string): boolean;
  nameOf(root: string): CopyName;
  holds(root: string, lab: string): boolean;
}

/** A panel, as far as its choices go. */
interface Panel {
  readonly state: PanelState;
}

export class TextChoices {
  readonly #texts: ChoosableTexts;
  readonly #chosen = new WeakMap<Panel, Map<string, CopyName | 'bundled'>>();

  constructor(texts: ChoosableTexts) {
    this.#texts = texts;
  }

  /** The copy whose text a panel runs of a lab, there or gone; undefined: the bundled text. */
  copyIn(panel: Panel, lab: string): CopyName | undefined {
    const chosen = this.#of(panel).get(lab);
    if (chosen !== undefined) return chosen === 'bundled' ? undefined : chosen;
    // A panel of before a reload says itself what it ran.
    const copy = (panel.state.lab === lab ? panel.state.copy : undefined) ?? this.#texts.usual(lab);
    if (copy) this.#of(panel).set(lab, copy);
    return copy;
  }

  /**
   * Takes a choice of the learner's.
   * @param root of a copy; undefined: the bundled text
   * @returns whether it is another than before
   */
  choose(panel: Panel, lab: string, root: string | undefined): boolean {
    const before = this.copyIn(panel, lab)?.root;
    this.#of(panel).set(lab, root === undefined ? 'bundled' : this.#texts.nameOf(root));
    return before !== root;
  }

  /** The learner wants a copy of theirs run again, whichever it is. */
  chooseCopy(panel: Panel, lab: string): void {
    this.#of(panel).delete(lab);
    const copy = this.#texts.usual(lab);
    if (copy) this.#of(panel).set(lab, copy);
  }

  /** What a panel says of its choices. */
  told(panel: Panel, labs: readonly string[]): LabText[] {
    return labs.flatMap((lab): LabText[] => {
      const copy = this.copyIn(panel, lab);
      if (copy) return [{ lab, copy, ...(this.#texts.holds(copy.root, lab) ? {} : { gone: true }) }];
      if (this.#texts.copied(lab)) return [{ lab, copied: true }];
      return this.#of(panel).has(lab) ? [{ lab }] : [];
    });
  }

  #of(panel: Panel): Map<string, CopyName | 'bundled'> {
    const chosen = this.#chosen.get(panel) ?? new Map<string, CopyName | 'bundled'>();
    this.#chosen.set(panel, chosen);
    return chosen;
  }
}
