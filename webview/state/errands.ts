/** What the host does for a panel outside of it: open files, keep texts, change whose text is run, take complaints. */
import type { panelProtocolVersion } from '../../labs/engine/protocol/panel.ts';
import type { PanelHost } from '../host.ts';
import type { ChoiceForm } from './choice-form.ts';
import type { KnownRun } from './runs.ts';

/** Of the protocol that this panel speaks. */
export const version: typeof panelProtocolVersion = 1;

interface Parts {
  form: ChoiceForm;
  /** The run on the screen. */
  run: () => KnownRun | undefined;
  /** Says something in the live region. */
  say: (notice: string) => void;
}

export class Errands {
  readonly #host: PanelHost;
  readonly #parts: Parts;

  constructor(host: PanelHost, parts: Parts) {
    this.#host = host;
    this.#parts = parts;
  }

  /** From now on runs the learner's copy of the lab in the form, or the bundled text. */
  chooseText(text: 'copy' | 'bundled'): void {
    this.#host.post({ type: 'chooseText', lab: this.#parts.form.lab.value, text });
  }

  /** Asks which lab is to be in the form. */
  pickLab(): void {
    this.#host.post({ type: 'pickLab' });
  }

  /** Asks for a copy of the lab in the form. */
  openLab(): void {
    this.#host.post({ type: 'openLab', lab: this.#parts.form.lab.value });
  }

  /** Asks once more for what is to be shown. */
  tryAgain(): void {
    this.#host.post({ type: 'ready', version });
  }

  /** Where a link leads that brings the panel back when its host has gone. */
  get wayBack(): string {
    return this.#host.wayBack ?? 'command:workbench.action.reloadWindow';
  }

  /** Opens the text that ran at a line, or an algorithm's file where no line is known. */
  openSource(file?: string, line?: number): void {
    const run = this.#parts.run();
    if (file === undefined) {
      this.#host.post({
        type: 'openAlgorithm',
        lab: this.#parts.form.lab.value,
        algorithm: this.#parts.form.algorithm.value,
      });
    } else if (run) {
      const at = line === undefined ? {} : { line };
      this.#host.post({ type: 'openSource', run: run.id, lab: run.summary.lab, file, ...at });
    }
  }

  /** Opens a file of the run's lab, relative to its folder, where a text stands in it. */
  openPassage(file: string, find: string): void {
    const { id, lab } = this.#parts.run()?.summary ?? {};
    if (id !== undefined && lab !== undefined) this.#host.post({ type: 'openSource', run: id, lab, file, find });
  }

  /** Tells the host whether keys that are pressed now are meant for this panel. */
  focused(focused: boolean): void {
    this.#host.post({ type: 'focus', focused });
  }

  copy(text: string): void {
    this.#host.post({ type: 'copyText', text });
    this.#parts.say('Copied.');
  }

  /** Offers a text for keeping; the host asks where. @param name of the file, proposed */
  saveText(name: string, text: string): void {
    if (text !== '') this.#host.post({ type: 'saveText', name, text });
  }

  /** Something went wrong in the panel itself: for the log channel. */
  complain(message: string): void {
    this.#host.post({ type: 'problem', message: message.slice(0, 10_000) });
  }
}
