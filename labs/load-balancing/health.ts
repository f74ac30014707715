/**
 * Health checks: every so often each server is probed, and only several bad (or good) probes in a row change what
 * the balancer believes. One lost probe must not take a server out, and one lucky answer must not bring a
 * failing one back: with thresholds, believing is slower and steadier.
 *
 * Until enough probes have failed, requests still go to a dead server. That window, interval × threshold, is the
 * price of steadiness.
 *
 * Source: nginx `health_check fails= passes=`, HAProxy `fall` and `rise`, Kubernetes readiness probes.
 */

/** What the balancer believes of the servers, by number. Plain data. */
export interface Health {
  /** 1 for a server that is taken to be well. */
  up: Uint8Array;
  /** Probes in a row that said otherwise. */
  contrary: Int32Array;
}

export interface Thresholds {
  /** So many failed probes in a row take a server out. */
  unhealthyAfter: number;
  /** So many good ones bring it back. */
  healthyAfter: number;
}

/** All servers are taken to be well until a probe says otherwise. */
export function allHealthy(servers: number): Health {
  return { up: new Uint8Array(servers).fill(1), contrary: new Int32Array(servers) };
}

/**
 * Takes in the result of one probe.
 * @returns what the balancer believes from now on, where that has changed
 */
export function observeProbe(
  { up, contrary }: Health,
  server: number,
  healthy: boolean,
  { unhealthyAfter, healthyAfter }: Thresholds,
): 'down' | 'up' | undefined {
  const believed = up[server] === 1;
  if (healthy === believed) {
    contrary[server] = 0;
    return undefined;
  }
  contrary[server]!++;
  if (contrary[server]! < (believed ? unhealthyAfter : healthyAfter)) return undefined;
  contrary[server] = 0;
  up[server] = believed ? 0 : 1;
  return believed ? 'down' : 'up';
}
