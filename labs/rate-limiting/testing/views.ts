/** Small runs: `labs/all-labs/views.test.ts` keeps in `views/` what is drawn of them. */
import type { Seen } from '../../engine/testing/view-texts.ts';

export default {
  'a token bucket, half-way': { algorithm: 'token-bucket', scenario: 'burst-after-silence', at: 0.5 },
  'a fixed window, at the end': { algorithm: 'fixed-window', scenario: 'boundary-burst', at: 1 },
} satisfies Record<string, Seen>;
