/** Groups that put the harness to the test. */
import { defineBenchmark } from 'system-design-labs/engine';
import { adding, type AdderClass } from './fixture-plan.ts';

const alone = { ...adding, peers: [] };

export default defineBenchmark<AdderClass>({
  lab: 'adding',
  groups: [
    adding,
    { ...alone, name: 'waiting', prepare: () => () => Promise.resolve(1) },
    { ...alone, name: 'idle', prepare: () => () => 0 },
    { ...alone, name: 'unchecked', check: () => undefined },
  ],
  siblings: { ...alone, name: 'all algorithms' },
});
