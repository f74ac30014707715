/** Small runs: `labs/all-labs/views.test.ts` keeps in `views/` what is drawn of them. */
import type { Seen } from '../../engine/testing/view-texts.ts';

export default {
  'failover, server A is away': { scenario: 'failover', algorithm: 'weighted-bursty', at: 0.6 },
  'ten requests, one after the other': {
    algorithm: 'round-robin',
    parameters: { servers: 3, requests: 10, healthInterval: 0 },
    at: 0.5,
  },
} satisfies Record<string, Seen>;
