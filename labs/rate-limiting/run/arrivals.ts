/** When requests come and from whom: the same for every algorithm, so that they can be laid above one another. */
import { log, ParameterError, type RandomSource } from 'system-design-labs/engine';
import { timesIn, type Values } from '../parameters.ts';

/** One request. */
export interface Arrival {
  /** Whole milliseconds from the start of the run; never less than the one before. */
  time: number;
  /** Number of the client. */
  client: number;
}

/** Requests that come together when arrivals are bursty. */
const together = 10;
/** The share of a window in which boundary arrivals crowd, before its edge and behind it. */
const crowd = 0.1;

/** The requests of a run, in order. @throws ParameterError when a list is asked for and none is given */
export function arrivalsOf(parameters: Values, random: RandomSource): Arrival[] {
  const { clients } = parameters;
  const lots = random.stream('client');
  return timesOf(parameters, random).map((time) => ({ time, client: clients === 1 ? 0 : lots.integer(clients) }));
}

function timesOf({ arrivals, interval, requests, window, times }: Values, random: RandomSource): number[] {
  switch (arrivals) {
    case 'constant':
      return Array.from({ length: requests }, (_, request) => request * interval);
    case 'poisson':
      return poisson(requests, interval, random);
    case 'bursty': {
      const bursts = poisson(Math.ceil(requests / together), interval * together, random);
      return Array.from({ length: requests }, (_, request) => bursts[Math.floor(request / together)]!);
    }
    case 'boundary':
      return aroundTheEdge(requests, window);
    case 'list': {
      const list = timesIn(times);
      if (list.length === 0) throw new ParameterError('times', 'times must list arrivals: 0, 100, 250 for example');
      return list;
    }
  }
}

/** Times whose gaps are exponential: each request comes without regard to the others. */
function poisson(count: number, meanGap: number, random: RandomSource): number[] {
  const draws = random.stream('gap');
  let time = 0;
  return Array.from({ length: count }, () => {
    time += -log(1 - draws.uniform()) * meanGap;
    return Math.round(time);
  });
}

/** Half of the requests at the very end of the first window, half at the beginning of the second. */
function aroundTheEdge(requests: number, window: number): number[] {
  const before = Math.ceil(requests / 2);
  const width = Math.floor(window * crowd);
  return Array.from({ length: requests }, (_, request) => {
    if (request < before) return window - 1 - width + Math.floor(((request + 1) * width) / before);
    return window + Math.floor(((request - before) * width) / (requests - before));
  });
}
