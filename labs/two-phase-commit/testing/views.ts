/** Small runs: `labs/all-labs/views.test.ts` keeps in `views/` what is drawn of them. */
import type { Seen } from '../../engine/testing/view-texts.ts';

export default {
  'two phases, while votes are in doubt': { algorithm: 'two-phase', scenario: 'four-orders', at: 0.2 },
  'two phases, at the end': { algorithm: 'two-phase', scenario: 'four-orders', at: 1 },
  'three phases, the coordinator is dead': { algorithm: 'three-phase', scenario: 'coordinator-crash-between', at: 0.7 },
} satisfies Record<string, Seen>;
