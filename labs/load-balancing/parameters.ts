/** The knobs of this lab. The defaults are the scenario 'luck-or-choice'. */
import { choice, integer, number, text, type ValuesOf } from 'system-design-labs/engine';
import { parseFailures } from './run/failures.ts';
import { probes, type ProbeName } from './probes.ts';

/** A queue limit that no queue reaches. */
export const noLimit = 1_000_000;

export const parameters = {
  servers: integer({ default: 100, min: 1, max: 1000, help: 'How many servers share the work.' }),
  arrivalRate: number({
    title: 'load ρ',
    default: 0.9,
    min: 0.001,
    max: 10,
    when: { arrivals: ['poisson', 'constant', 'bursty'] },
    help: 'Work that arrives, as a share of what all servers can do: requests arrive ρ · serviceRate · servers · concurrency times a second. From 1 on the queues grow without end.',
  }),
  serviceRate: number({
    default: 100,
    min: 0.1,
    max: 1_000_000,
    unit: 'per second',
    help: 'Requests a server can finish, one at a time; one over it is the mean service time.',
  }),
  serviceTime: choice({
    default: 'exponential',
    options: ['exponential', 'constant', 'uniform', 'log-normal'],
    help: 'How service times spread around their mean: uniform by half of it to either side, log-normal with σ = 1.',
  }),
  requests: integer({
    default: 400_000,
    min: 1,
    max: 10_000_000,
    help: 'From 1,000 on, the first tenth is a warm-up that the figures leave out.',
  }),
  arrivals: choice({
    default: 'poisson',
    options: ['poisson', 'constant', 'bursty', 'closed'],
    help: 'Poisson: at random. Constant: like clockwork. Bursty: ten at once. Closed: each client asks again when it has its answer.',
  }),
  clients: integer({
    default: 1000,
    min: 1,
    max: 65_536,
    help: 'How many clients the requests come from, each with an address; in a closed loop, how many ask at once.',
  }),
  weights: text({
    default: '',
    max: 4000,
    validate: complaintAbout(parseWeights),
    when: { topology: ['perServer'] },
    help: 'Share of each server beside the others: 5,1,1. Those not named have 1.',
  }),
  slowness: text({
    default: '',
    max: 4000,
    validate: complaintAbout(parseSlowness),
    help: 'Factor on the service times of each server: 1,1.5,2. Those not named have 1.',
  }),
  concurrency: integer({ default: 1, min: 1, max: 1000, help: 'Requests a server works on at once.' }),
  queueLimit: integer({
    default: noLimit,
    min: 0,
    max: noLimit,
    help: 'Requests that may wait at a server; one more is turned away. 1,000,000 is as good as none.',
  }),
  topology: choice({
    default: 'perServer',
    options: ['perServer', 'sharedQueue'],
    help: 'A queue before each server, or one before all of them, from which the next idle server takes.',
  }),
  failures: text({
    default: '',
    max: 4000,
    validate: complaintAbout(parseFailures),
    help: 'What befalls the servers: A down 3.5s..5s; B slow x4 10s..20s; C pause 1s..2s; D drain 5s..',
  }),
  healthInterval: number({
    title: 'health check every',
    default: 1000,
    min: 0,
    max: 3_600_000,
    unit: 'ms',
    help: '0 switches health checks off.',
  }),
  unhealthyAfter: integer({ default: 3, min: 1, max: 100, help: 'Failed probes in a row that take a server out.' }),
  healthyAfter: integer({ default: 2, min: 1, max: 100, help: 'Good probes in a row that bring it back.' }),
  probe: choice({
    default: 'answers',
    options: Object.keys(probes) as ProbeName[],
    help: 'What a probe takes for healthy: any answer, or only a prompt one.',
  }),
  slowStart: number({
    default: 0,
    min: 0,
    max: 3_600_000,
    unit: 'ms',
    help: 'How long a returning server takes until it gets its whole share; 0: at once.',
  }),
};

export type Values = ValuesOf<typeof parameters>;

/** @throws RangeError when it is not a list of whole numbers from 1 to 1,000 */
export function parseWeights(list: string): number[] {
  return numbersOf(list).map((weight) => {
    if (!Number.isInteger(weight) || weight < 1 || weight > 1000) {
      throw new RangeError(`'${list}' is no list of weights: write whole numbers from 1 to 1000, like 5,1,1`);
    }
    return weight;
  });
}

/** @throws RangeError when it is not a list of positive numbers */
export function parseSlowness(list: string): number[] {
  return numbersOf(list).map((factor) => {
    if (!(factor > 0 && factor < Infinity)) {
      throw new RangeError(`'${list}' is no list of factors: write positive numbers, like 1,1.5,2`);
    }
    return factor;
  });
}

/** A list of numbers, one for each server, filled up with 1. */
export function perServer(list: number[], servers: number): number[] {
  return Array.from({ length: servers }, (_, server) => list[server] ?? 1);
}

/** What servers are called: A to Z, or server-1 and on where letters do not suffice. */
export function serverNames(servers: number): string[] {
  return Array.from({ length: servers }, (_, server) =>
    servers <= 26 ? String.fromCharCode(65 + server) : `server-${server + 1}`,
  );
}

/** @throws RangeError where nothing stands between two commas, or after the last */
function numbersOf(list: string): number[] {
  if (list.trim() === '') return [];
  const words = list.split(',').map((word) => word.trim());
  const empty = words.indexOf('');
  if (empty >= 0) {
    const where = empty === words.length - 1 ? 'ends with a comma' : `has nothing in place ${empty + 1}`;
    throw new RangeError(`'${list}' ${where}: write a number for each server, with commas between them`);
  }
  return words.map(Number);
}

function complaintAbout(parse: (text: string) => unknown): (text: string) => string | undefined {
  return (written) => {
    try {
      parse(written);
      return undefined;
    } catch (error) {
      return (error as Error).message;
    }
  };
}
