/** Run · Run benchmark · Visualize · Debug above every algorithm, in the bundled sources and in copies only. */
import * as vscode from 'vscode';
import type { AlgorithmIndex } from '../copies/algorithm-index.ts';
import type { Copies, LabFile } from '../copies/copies.ts';
import { bundledScheme, command } from '../ids.ts';
import { runnableOf, type AlgorithmTarget } from '../labs/algorithms.ts';
import type { Catalogue } from '../labs/catalogue.ts';

/** What is known of an algorithm from running and measuring it, in a few words for a lens. */
export interface LensFacts {
  /** Whether it is running right now. */
  running(target: AlgorithmTarget): boolean;
  /** What its last run came to: three of three checks as expected. */
  verdict(target: AlgorithmTarget): string | undefined;
  /** What its last benchmark came to: 12.4 M ops/s · 1.7× consistent-hash. */
  speed(target: AlgorithmTarget): string | undefined;
  onDidChange: vscode.Event<void>;
}

export class AlgorithmLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #catalogue: Catalogue;
  readonly #copies: Copies;
  readonly #algorithms: AlgorithmIndex;
  readonly #facts: LensFacts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #shown = new vscode.EventEmitter<AlgorithmTarget>();
  readonly #subscriptions: vscode.Disposable[];
  #registration: vscode.Disposable | undefined;
  #selectors = '';
  readonly onDidChangeCodeLenses = this.#changed.event;
  /** An algorithm stands in an editor with lenses above it: it may soon be run. */
  readonly onDidShow = this.#shown.event;

  constructor(catalogue: Catalogue, copies: Copies, algorithms: AlgorithmIndex, facts: LensFacts) {
    this.#catalogue = catalogue;
    this.#copies = copies;
    this.#algorithms = algorithms;
    this.#facts = facts;
    this.#subscriptions = [
      copies.onDidChange(() => this.#register()),
      facts.onDidChange(() => this.#changed.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('systemDesignLabs.codeLenses')) this.#changed.fire();
      }),
    ];
    this.#register();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!vscode.workspace.getConfiguration('systemDesignLabs', document).get('codeLenses', true)) return [];
    const file = this.#copies.fileOf(document.uri);
    const lab = file && this.#catalogue.lab(file.lab);
    if (!lab) return [];
    const algorithms = runnableOf(this.#algorithms.inEditor(document, lab, file.file), file.copy !== undefined);
    if (algorithms[0]) this.#shown.fire(targetOf(file, algorithms[0].id));
    return [
      ...algorithms.flatMap(({ id, line }) => this.#lensesOf(targetOf(file, id), line, lab.benchmarked ?? false)),
      ...(file.copy ? this.#algorithms.nearMisses(document, lab, file.file) : []).map(({ line, why }) =>
        wordAt(line, why),
      ),
    ];
  }

  #lensesOf(target: AlgorithmTarget, line: number, benchmarked: boolean): vscode.CodeLens[] {
    const range = new vscode.Range(line, 0, line, 0);
    const lens = (title: string, name: string, tooltip: string): vscode.CodeLens =>
      new vscode.CodeLens(range, { title, command: name, tooltip, arguments: [target] });
    const verdict = this.#facts.verdict(target);
    const speed = this.#facts.speed(target);
    return [
      this.#facts.running(target)
        ? lens('Stop', command.stop, 'Stop the run')
        : lens('Run', command.run, 'Run what stands in the editor, saved or not'),
      ...(benchmarked ? [lens('Run benchmark', command.runBenchmark, whatIsMeasured)] : []),
      lens('Visualize', command.visualize, 'Look at its last run in the playground'),
      lens('Debug', command.debug, 'Run it under the JavaScript debugger'),
      ...(verdict === undefined ? [] : [lens(verdict, command.visualize, 'Its last run')]),
      ...(speed === undefined ? [] : [lens(speed, command.openPlayground, 'Its last benchmark')]),
    ];
  }

  /** One selector per known root: other TypeScript files cost nothing. */
  #register(): void {
    const roots = this.#copies.known.map(({ root }) => root);
    if (this.#selectors === JSON.stringify(roots) && this.#registration) {
      this.#changed.fire();
      return;
    }
    this.#selectors = JSON.stringify(roots);
    this.#registration?.dispose();
    this.#registration = vscode.languages.registerCodeLensProvider(
      [
        { language: 'typescript', scheme: bundledScheme },
        ...roots.map((root) => ({
          language: 'typescript',
          scheme: 'file',
          pattern: new vscode.RelativePattern(vscode.Uri.file(root), '**/*.ts'),
        })),
      ],
      this,
    );
  }

  dispose(): void {
    this.#registration?.dispose();
    vscode.Disposable.from(...this.#subscriptions, this.#changed, this.#shown).dispose();
  }
}

/** A word in a lens's place that does nothing. */
function wordAt(line: number, title: string): vscode.CodeLens {
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command: '' });
}

const whatIsMeasured = 'Measure it beside the original, the other algorithms and npm packages';

/** An algorithm in a file as a target. */
export function targetOf(file: LabFile, algorithm: string): AlgorithmTarget {
  return { lab: file.lab, algorithm, root: file.copy?.root };
}
