/**
 * IP hash: the client's address decides, so that the same client meets the same server.
 *
 * It makes sessions sticky without a cookie or a table: what a server cached for a client is of use again. The
 * balance is that of the clients: one busy office behind one address is one server's burden, and few clients spread
 * badly. When a server goes, its clients go elsewhere and the others stay; when it returns, they come back.
 *
 * The rule is nginx's: a hash over the first three octets of the address (neighbours in one network share a server),
 * reduced to a slot of the weights. While that server is unavailable the hash is stirred again, 21 tries in all;
 * after that the request is dealt by turns. Adding or removing a *listed* server moves nearly every client: that
 * is what consistent hashing is for.
 *
 * Cost: O(servers) a pick.
 * Source: nginx, `ngx_http_upstream_ip_hash_module.c`.
 */
import type { Balancer, Pool, Request } from './balancer.ts';

interface Fallback {
  /** Who got the last request that no hash could place, −1 before the first. */
  last: number;
}

const modulus = 6271;
const attempts = 21;

export class IpHash implements Balancer<Fallback> {
  readonly sticky = true;

  initialState(): Fallback {
    return { last: -1 };
  }

  pick(fallback: Fallback, pool: Pool, request: Request): number {
    const { weights, isAvailable, size } = pool;
    let totalWeight = 0;
    for (const weight of weights) totalWeight += weight;
    let hash = 89;
    for (let attempt = 0; attempt < attempts; attempt++) {
      hash = stir(hash, request.address);
      let slot = hash % totalWeight;
      let server = 0;
      while (slot >= weights[server]!) slot -= weights[server++]!;
      if (isAvailable[server] === 1) return server;
    }
    do fallback.last = (fallback.last + 1) % size;
    while (isAvailable[fallback.last] === 0);
    return fallback.last;
  }
}

/** Stirs the first three octets of an address into a hash below 6271. */
function stir(hash: number, address: number): number {
  for (let octet = 24; octet > 0; octet -= 8) hash = (hash * 113 + ((address >>> octet) & 255)) % modulus;
  return hash;
}
