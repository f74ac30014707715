/** A host for the test that kills it: has a run wait for a debugger that never comes, and says where it waits. */
import { RunService } from '../run-service.ts';

const [dist] = process.argv.slice(2) as [string];
const service = new RunService({
  dist,
  limits: () => ({ deadline: 60_000, memory: 256, maxEvents: 1000 }),
  log: () => {},
});
const { webSocketUrl } = await service.debug({
  lab: 'counting',
  algorithm: 'plain',
  seed: 1,
  source: { kind: 'bundled' },
});
process.send!({ runners: service.runners, webSocketUrl });
