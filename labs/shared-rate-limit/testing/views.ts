/** Small runs: `labs/all-labs/views.test.ts` keeps in `views/` what is drawn of them. */
import type { Seen } from '../../engine/testing/view-texts.ts';

export default {
  'two gateways read the same count': {
    algorithm: 'read-then-write',
    parameters: { gateways: 2, requests: 8, limit: 4 },
    at: 0.6,
  },
} satisfies Record<string, Seen>;
