/** A host for the test that kills it: starts an endless run and says which processes run it. */
import { RunService } from '../run-service.ts';

const [dist, root] = process.argv.slice(2) as [string, string];
const service = new RunService({
  dist,
  limits: () => ({ deadline: 60_000, memory: 256, maxEvents: 1000 }),
  log: () => {},
});
service.warm();
const run = service.start({ lab: 'counting', algorithm: 'plain', seed: 1, source: { kind: 'folder', root } });
service.warm();
const subscription = run.onDidChange(() => {
  if (run.console.length === 0) return;
  subscription.dispose();
  process.send!(service.runners);
});
