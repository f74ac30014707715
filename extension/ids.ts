/** Names that package.json contributes; a test holds the two together. */

export const bundledScheme = 'sdlabs';
export const playgroundType = 'systemDesignLabs.playground';
export const runFileType = 'systemDesignLabs.runFile';

export const view = {
  labs: 'systemDesignLabs.labs',
  copy: 'systemDesignLabs.copy',
  runs: 'systemDesignLabs.runs',
  visualization: 'systemDesignLabs.visualization',
} as const;

export const command = {
  openLab: 'systemDesignLabs.openLab',
  newAlgorithm: 'systemDesignLabs.newAlgorithm',
  openOriginal: 'systemDesignLabs.openOriginal',
  openTheory: 'systemDesignLabs.openTheory',
  run: 'systemDesignLabs.run',
  runBenchmark: 'systemDesignLabs.runBenchmark',
  cancelBenchmark: 'systemDesignLabs.cancelBenchmark',
  visualize: 'systemDesignLabs.visualize',
  debug: 'systemDesignLabs.debug',
  stop: 'systemDesignLabs.stop',
  openPlayground: 'systemDesignLabs.openPlayground',
  compareWithOriginal: 'systemDesignLabs.compareWithOriginal',
  resetToOriginal: 'systemDesignLabs.resetToOriginal',
  updateCopy: 'systemDesignLabs.updateCopy',
  mendCopy: 'systemDesignLabs.mendCopy',
  showOutput: 'systemDesignLabs.showOutput',
  showRun: 'systemDesignLabs.showRun',
  saveRun: 'systemDesignLabs.saveRun',
  openRunFile: 'systemDesignLabs.openRunFile',
  runFileAgain: 'systemDesignLabs.runFileAgain',
  deleteRun: 'systemDesignLabs.deleteRun',
  clearRuns: 'systemDesignLabs.clearRuns',
} as const;

/** Keys that work while the playground has the focus, by what they tell it. */
export const playgroundCommands = ['run', 'play', 'step', 'stepBack', 'nextMark', 'previousMark'] as const;

/** Context keys of `when` clauses. */
export const contextKey = {
  ready: 'systemDesignLabs.ready',
  running: 'systemDesignLabs.running',
  panelFocused: 'systemDesignLabs.panelFocused',
  benchmarking: 'systemDesignLabs.benchmarking',
  hasCopy: 'systemDesignLabs.hasCopy',
  hasBrokenCopy: 'systemDesignLabs.hasBrokenCopy',
  labOpened: 'systemDesignLabs.labOpened',
  algorithmFiles: 'systemDesignLabs.algorithmFiles',
  benchmarkedFiles: 'systemDesignLabs.benchmarkedFiles',
  copiedFiles: 'systemDesignLabs.copiedFiles',
} as const;
