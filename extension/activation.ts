/** Puts the parts together and registers them. */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { engineVersion } from '../labs/engine/record/engine-version.ts';
import { BenchmarkHistory, benchmarkScheme } from './benchmark/benchmark-history.ts';
import { Benchmarks } from './benchmark/benchmarks.ts';
import { CopyCommands } from './commands/copy-commands.ts';
import { defaultSeed, RunCommands } from './commands/run-commands.ts';
import { Targets } from './commands/targets.ts';
import { registerViewCommands } from './commands/view-commands.ts';
import { welcome } from './commands/welcome.ts';
import { AlgorithmIndex } from './copies/algorithm-index.ts';
import { Copies } from './copies/copies.ts';
import { CopyNotices } from './copies/copy-notices.ts';
import { documentsUnder } from './copies/open-texts.ts';
import type { Product } from './copy/layout.ts';
import { RunDiagnostics } from './diagnostics/run-diagnostics.ts';
import { EditorContext } from './editor/editor-context.ts';
import { BundledFiles } from './files/bundled-files.ts';
import { runSourceScheme, RunSources } from './files/run-sources.ts';
import { bundledScheme, contextKey, playgroundType, runFileType, view } from './ids.ts';
import { Catalogue } from './labs/catalogue.ts';
import { LabDirectory } from './labs/lab-directory.ts';
import { LabPicker } from './labs/lab-picker.ts';
import { AlgorithmLenses } from './lenses/algorithm-lenses.ts';
import { BrokenCopyLenses } from './lenses/broken-copy-lenses.ts';
import { RunFacts } from './lenses/run-facts.ts';
import { actOnPanel } from './panel/panel-actions.ts';
import { PanelRuns } from './panel/panel-runs.ts';
import { PanelFocus } from './panel/panel-focus.ts';
import { Overviews } from './panel/overviews.ts';
import type { PanelHost, PanelSurroundings } from './panel/panel-host.ts';
import { Playground } from './panel/playground.ts';
import { TextChoices } from './panel/text-choices.ts';
import { Visualization } from './panel/visualization.ts';
import { Progress } from './progress/progress.ts';
import { Replay } from './run-files/replay.ts';
import { registerRunFileCommands } from './run-files/run-file-commands.ts';
import { RunFileEditors } from './run-files/run-file-editors.ts';
import { RunsTree } from './run-files/runs-tree.ts';
import { RecordFiles } from './run/records/record-files.ts';
import { RunHistory } from './runs/history.ts';
import { RunLog } from './runs/run-log.ts';
import { LazyRunService } from './runs/run-service.ts';
import { Runs } from './runs/runs.ts';
import { Sweeps } from './runs/sweeps.ts';
import { Texts } from './runs/texts.ts';
import { RunStatus } from './status/run-status.ts';
import { CopyTree } from './tree/copy-tree.ts';
import { LabsTree } from './tree/labs-tree.ts';

export class Activation {
  readonly #service: LazyRunService;
  readonly #history: RunHistory;
  readonly #replay: Replay;

  constructor(context: vscode.ExtensionContext) {
    const { extensionUri, extensionPath, globalState, subscriptions } = context;
    const product: Product = { extensionPath, version: (context.extension.packageJSON as { version: string }).version };
    const log = vscode.window.createOutputChannel('System Design Labs', { log: true });

    const catalogue = new Catalogue(path.join(extensionPath, 'dist'));
    const copies = new Copies(product, globalState, log);
    const algorithms = new AlgorithmIndex(documentsUnder);
    const progress = new Progress(globalState);
    this.#service = new LazyRunService(extensionPath, log);
    const labs = new LabDirectory(catalogue, copies, algorithms);
    const storage = context.storageUri ?? context.globalStorageUri;
    const files = RecordFiles.of(path.join(extensionPath, 'dist'));
    this.#history = new RunHistory(storage, engineVersion, files, log);
    const texts = new Texts(catalogue, copies);
    const choices = new TextChoices(texts);
    const runs = new Runs(texts, this.#service, this.#history);
    const sources = new RunSources(runs, copies);
    const focus = new PanelFocus();
    const sweeps = new Sweeps(texts, this.#service, log);
    const picker = new LabPicker(catalogue, progress, runs);

    const around: PanelSurroundings = {
      extensionUri,
      log,
      heads: () => catalogue.heads,
      lab: (id, panel) => labs.entry(id, choices.copyIn(panel, id)?.root),
      runs: () => runs.list(),
      openRun: (id) => runs.open(id),
      overview: new Overviews(path.join(extensionPath, 'dist')).of,
      startedRun: (id) => runs.held(id),
      texts: (panel) =>
        choices.told(
          panel,
          catalogue.heads.map(({ id }) => id),
        ),
      goingOn: () => runs.running[0],
      defaultSeed,
      tours: () => ({
        offered: vscode.workspace.getConfiguration('systemDesignLabs').get('tours', true),
        answers: progress.tourAnswers,
      }),
      began: (panel) => sweeps.retell(panel),
      gone: (panel) => sweeps.forget(panel),
      act: (message, panel) =>
        actOnPanel(
          { labs, picker, runs, texts, choices, sources, panelRuns, progress, focus, sweeps, benchmarkHistory },
          message,
          panel,
        ),
    };
    const playground = new Playground(around);
    const visualization = new Visualization(around);
    const targets = new Targets(catalogue, copies, algorithms, texts, choices, playground, picker);
    const runFiles = new RunFileEditors({
      around,
      catalogue,
      runs,
      files,
      branch: (file, choice, panel) => replay.run(file, choice, panel),
    });
    const panels = (): PanelHost[] => [
      ...playground.hosts,
      ...runFiles.hosts,
      ...(visualization.host ? [visualization.host] : []),
    ];
    const benchmarkHistory = new BenchmarkHistory(storage);
    const benchmarks = new Benchmarks({
      extensionPath,
      catalogue,
      service: this.#service,
      texts,
      log,
      history: benchmarkHistory,
      post: (message) => panels().forEach((host) => host.post(message)),
    });
    const panelRuns = new PanelRuns({ choices, runs, benchmarks, side: () => visualization.host });
    const commands = new RunCommands({
      extensionPath,
      labs,
      targets,
      choices,
      runs,
      playground,
      panelRuns,
      benchmarks,
    });
    const copyCommands = new CopyCommands(product, catalogue, copies, playground, choices, targets, globalState);
    const facts = new RunFacts(runs, benchmarks);
    const lenses = new AlgorithmLenses(catalogue, copies, algorithms, facts);
    const folder = path.join(storage.fsPath, 'carried', randomUUID());
    const replay = new Replay({ catalogue, runs, panelRuns, folder });
    this.#replay = replay;
    const runsTree = new RunsTree(catalogue, runs);

    const openPanels = (): void => {
      for (const host of panels()) void host.open();
    };
    subscriptions.push(
      log,
      copies,
      new CopyNotices(product, copies),
      new BrokenCopyLenses(copies),
      labs,
      runs,
      benchmarks,
      sweeps,
      facts,
      playground,
      runsTree,
      new RunLog(runs, log),
      new RunStatus(catalogue, runs),
      new RunDiagnostics(copies, runs),
      new EditorContext(catalogue, copies, algorithms, progress),
      lenses,
      lenses.onDidShow((target) => void runs.expect(target)),
      vscode.workspace.registerFileSystemProvider(bundledScheme, new BundledFiles(extensionUri), {
        isCaseSensitive: true,
        isReadonly: true,
      }),
      vscode.workspace.registerTextDocumentContentProvider(runSourceScheme, sources),
      vscode.workspace.registerTextDocumentContentProvider(benchmarkScheme, benchmarkHistory),
      vscode.window.registerTreeDataProvider(view.labs, new LabsTree(product, catalogue, copies, algorithms, progress)),
      vscode.window.registerTreeDataProvider(view.copy, new CopyTree(copies)),
      vscode.window.registerTreeDataProvider(view.runs, runsTree),
      vscode.window.registerCustomEditorProvider(runFileType, runFiles, { supportsMultipleEditorsPerDocument: true }),
      vscode.window.registerWebviewViewProvider(view.visualization, visualization),
      vscode.window.registerWebviewPanelSerializer(playgroundType, playground),
      ...commands.register(),
      ...copyCommands.register(),
      ...registerViewCommands(playground, focus, targets, log),
      ...registerRunFileCommands({ runs, files, playground, editors: runFiles, replay }),
      runs.onDidEnd(({ target, run, live }) => {
        if (run.report) void progress.reach(target.lab, target.algorithm, 'run');
        const copy = copies.known.find(({ root }) => root === target.root);
        if (copy && live?.declared) labs.learn(copy.root, live.declared);
      }),
      labs.onDidChange(openPanels),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('systemDesignLabs.tours')) openPanels();
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(openPanels),
    );

    void copies.refresh().then(async () => {
      await vscode.commands.executeCommand('setContext', contextKey.ready, true);
      await copyCommands.resume();
      await welcome(copies, globalState, context.extension.id);
    });
  }

  /** Ends every process, and sees to it that the runs are kept. */
  async end(): Promise<void> {
    await this.#service.dispose();
    await this.#history.settled();
    await this.#replay.end();
  }
}
