/** Run files and messages of panels with something done to them: each is refused in words or is what it is. */
import { fuzzMessages } from '../../labs/engine/protocol/testing/fuzz-messages.ts';
import { fuzzRecords } from '../../labs/engine/record/testing/fuzz-records.ts';
import type { LongJob } from './job.ts';

/** So many of each in a turn: after it another seed. */
const most = 2000;

export const fuzz: LongJob = {
  name: 'fuzz',
  title: 'damaged run files and messages of panels',
  async run(first, until) {
    let [files, messages, seed] = [0, 0, first];
    do {
      files += await fuzzRecords(seed, { most, until });
      messages += fuzzMessages(seed, { most, until });
      seed++;
    } while (performance.now() < until);
    return `${files} files and ${messages} messages, seeds ${first} to ${seed - 1}: nothing was found`;
  },
};
