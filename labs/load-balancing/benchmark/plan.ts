/** What is measured of load balancing: picking a server for a request, and counting it there. */
import { defineBenchmark, definePeer, type BenchmarkGroup, type BenchmarkOperation } from 'system-design-labs/engine';
import type { BalancerClass } from '../balancer.ts';
import { checkAnswers, idlePool } from './known-answers.ts';
import { QuickRandom } from './quick-random.ts';

type Group = BenchmarkGroup<BalancerClass>;

const operation = 'pick 1 of 100 servers and count the request there';
const sizes = [10, 100, 1000, 10_000];

/** Picks, and counts the request as in flight: the peers do both in one call. */
function pickAndCount(Balancer: BalancerClass, servers: number): BenchmarkOperation {
  const balancer = new Balancer();
  const pool = idlePool(servers);
  const state: unknown = balancer.initialState(pool);
  const random = new QuickRandom();
  const request = { number: 0, address: 0 };
  return (index) => {
    request.number = index;
    request.address = (index & 0xffff) << 8;
    const server = balancer.pick(state, pool, request, random);
    pool.inFlight[server]!++;
    return server;
  };
}

interface Picker {
  pick(): number;
}
type LoadBalancers = Record<'P2cBalancer' | 'RandomBalancer', new (servers: number) => Picker>;

function peer(name: keyof LoadBalancers) {
  return definePeer<LoadBalancers>({
    package: 'load-balancers',
    title: `load-balancers ${name}`,
    prepare(module, servers) {
      const balancer = new module[name](servers);
      return () => balancer.pick();
    },
    check(module) {
      const balancer = new module[name](3);
      const picked = new Set(Array.from({ length: 300 }, () => balancer.pick()));
      return [...picked].sort().join() === '0,1,2' ? undefined : `picks only ${[...picked].join()} of 0,1,2`;
    },
  });
}

/** Nobody balances at random for less than a draw, a read and a count. */
const drawAndCount: Group['floor'] = {
  title: '1 draw + 1 count',
  prepare(servers) {
    const random = new QuickRandom();
    const counts = new Int32Array(servers);
    return () => counts[(random.uniform() * servers) | 0]!++;
  },
};

function group(name: string, algorithm: string, claim: string, peers: Group['peers'] = []): Group {
  return {
    name,
    operation,
    algorithms: [algorithm],
    size: 100,
    growth: { unit: 'servers', sizes, claims: { [algorithm]: claim } },
    prepare: pickAndCount,
    check: checkAnswers,
    peers,
    floor: drawAndCount,
  };
}

export default defineBenchmark<BalancerClass>({
  lab: 'load-balancing',
  groups: [
    group('two-choices pick', 'two-choices', 'O(1)', [peer('P2cBalancer')]),
    group('random pick', 'random', 'O(1)', [peer('RandomBalancer')]),
    group('round-robin pick', 'round-robin', 'O(1)'),
    group('least-connections pick', 'least-connections', 'O(n)'),
  ],
  siblings: {
    name: 'all algorithms',
    operation,
    algorithms: [
      'round-robin',
      'weighted-bursty',
      'weighted-smooth',
      'least-connections',
      'least-response-time',
      'ip-hash',
      'random',
      'two-choices',
      'peak-ewma',
    ],
    size: 100,
    prepare: pickAndCount,
    check: checkAnswers,
    peers: [],
    floor: drawAndCount,
  },
});
