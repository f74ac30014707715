/** Small runs: `labs/all-labs/views.test.ts` keeps in `views/` what is drawn of them. */
import type { Seen } from '../../engine/testing/view-texts.ts';

export default {
  'four servers, one leaves': {
    algorithm: 'ring',
    seed: 2,
    parameters: { servers: 4, keys: 12, remove: 1, add: 0, virtualNodes: 2 },
    at: 1,
  },
} satisfies Record<string, Seen>;
