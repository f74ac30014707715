/** What the tests of runs stand on, taken down when the tests of this process are over. */
import { after } from 'node:test';
import { takeDown } from './fixture.ts';

export { builtFiles, counting, learnersCopy, recordFiles, runService, temporaryFolder } from './fixture.ts';

after(takeDown);
