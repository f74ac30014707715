/** Bundles what F5 needs to run the in-host tests. */
import { buildSuites } from '../test/host/suites.ts';
import { ensureBuilt } from './build.ts';

await ensureBuilt();
await buildSuites();
