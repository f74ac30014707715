/** Tours of the scenarios in which all servers live: who gets the next request, and what that costs. */
import type { Tour } from 'system-design-labs/engine';

export const oneAfterTheOther: Tour = {
  steps: [
    {
      id: 'guess-the-time',
      until: { kind: 'serveEnd', nth: 3 },
      look: {
        view: 'cluster',
        text: 'A, B and C have answered once each, in 100, 150 and 200 ms. The client always waits for its answer.',
      },
      question: {
        kind: 'number',
        ask: 'How long do ten such requests take in turn?',
        metric: 'elapsedMs',
        within: 0.05,
        unit: 'ms',
      },
      why: '{elapsedMs} ms: turns give everyone the same number of requests, and A one more since it began. The slow ones count as much as the fast one.',
      code: { file: 'round-robin.ts', text: 'turn.last = server' },
    },
    {
      id: 'with-memory',
      look: { view: 'timeline', text: 'Nobody ever waited in a queue, and still the slowest got its full share.' },
      question: {
        kind: 'choice',
        ask: 'Only one request is ever under way. Can another balancer be faster?',
        choices: [
          {
            text: 'No: without a queue there is nothing to balance',
            misconception: {
              id: 'no-load-no-choice',
              belief: 'a balancer matters only under load.',
              answer: 'The servers differ in speed. Who remembers how long each took, asks the fast one again.',
              contrast: { algorithm: 'least-response-time' },
              compare: { metric: 'elapsedMs', there: 'less' },
              shownBy: { kind: 'serveEnd', nth: 4 },
            },
          },
          {
            text: 'Yes: least connections',
            misconception: {
              id: 'counting-finds-speed',
              belief: 'counting what is in flight tells a fast server from a slow one.',
              answer:
                'When each request comes, nothing is in flight anywhere: all counts are zero, and it takes turns as well.',
              contrast: { algorithm: 'least-connections' },
              shownBy: { kind: 'serveEnd', node: 'C' },
            },
          },
          { text: 'Yes: one that remembers how long each server took' },
        ],
      },
      why: 'Counts tell of load, times tell of speed. Least response time multiplies the two.',
      code: { file: 'least-response-time.ts', text: 'average[server]! * (inFlight[server]! + 1)' },
    },
  ],
};

export const burstyOrSmooth: Tour = {
  steps: [
    {
      id: 'does-order-matter',
      until: { kind: 'serveBegin', nth: 7 },
      look: { view: 'cluster', text: 'The first seven requests: five to A, one each to B and C, in a mixed order.' },
      question: {
        kind: 'choice',
        ask: 'Another rule also gives A five of seven, but in a row. Does it matter?',
        choices: [
          {
            text: 'No: the shares are the same',
            misconception: {
              id: 'only-shares-count',
              belief: 'a balancer is judged by the shares alone.',
              answer: 'Five in a row arrive faster than A can work: they queue, while B and C have nothing to do.',
              contrast: { algorithm: 'weighted-bursty' },
              compare: { metric: 'meanWait', there: 'more' },
              shownBy: { kind: 'serveBegin', nth: 7 },
            },
          },
          { text: 'Yes: requests in a row wait for each other' },
        ],
      },
      why: 'A queue forms when requests come closer together than they are served. The same share, spread out, leaves A time to finish.',
      code: { file: 'weighted-smooth.ts', text: 'credit[richest]! -= total' },
    },
    {
      id: 'who-checks-weights',
      look: { view: 'charts', text: 'Here the weights fit: A is five times as fast as B and C.' },
      question: {
        kind: 'choice',
        ask: 'A becomes as slow as the others, the weights stay. What does the balancer do?',
        choices: [
          {
            text: 'It notices and sends A less',
            misconception: {
              id: 'weights-are-measured',
              belief: 'weights follow what servers can do.',
              answer:
                'Nobody measures. A still gets five of seven, and its queue grows from the first request to the last.',
              contrast: { parameters: { slowness: '5,5,5' } },
              compare: { metric: 'meanWait', there: 'more' },
              shownBy: { kind: 'serveEnd', node: 'A', nth: 100 },
            },
          },
          { text: 'It goes on sending A five of seven' },
        ],
      },
      why: 'Weights are what an operator claims, written down once. Nothing in the code looks at the servers.',
      code: { file: 'weighted-smooth.ts', text: 'const weight = pool.weights[server]!' },
    },
  ],
};

export const luckOrChoice: Tour = {
  steps: [
    {
      id: 'how-long-here',
      until: { kind: 'serveEnd', nth: 500 },
      look: {
        view: 'charts',
        text: 'A hundred servers, each busy nine tenths of its time. Each request looks at two and takes the less busy.',
      },
      question: {
        kind: 'number',
        ask: 'Being served takes 1 on average. How long does a request take with its waiting?',
        metric: 'meanTimeInSystem',
        within: 0.25,
        unit: 'mean service times',
      },
      why: 'Only {meanTimeInSystem}, at a load of 0.9: two glances keep long queues from forming. Theory and measurement stand side by side in the results.',
      code: { file: 'two-choices.ts', text: 'const bHasFewer' },
    },
    {
      id: 'random-instead',
      look: { view: 'charts', text: 'What was gained by the second glance?' },
      question: {
        kind: 'choice',
        ask: 'Take a server at random, without looking. How much longer?',
        choices: [
          {
            text: 'Not at all: chance spreads a large number evenly',
            misconception: {
              id: 'random-is-even',
              belief: 'random is as good as two choices, since it evens out.',
              answer:
                'In the long run each server gets its share. But at every moment some have a long queue and some have none, and the waiting happens in the moments.',
              contrast: { algorithm: 'random' },
              compare: { metric: 'meanTimeInSystem', there: 'more' },
              shownBy: { kind: 'serveEnd', nth: 500 },
            },
          },
          {
            text: 'A few per cent',
            misconception: {
              id: 'second-glance-is-detail',
              belief: 'the second choice is fine tuning.',
              answer: 'Look at the slowest in a hundred: with one choice they wait several times as long.',
              contrast: { algorithm: 'random' },
              compare: { metric: 'p99', there: 'more' },
              shownBy: { kind: 'serveEnd', nth: 500 },
            },
          },
          { text: 'Several times as long' },
        ],
      },
      why: 'With one random choice the share of servers with k requests falls like ρ to the k; with two, like ρ to the 2 to the k, which is a different world. A third choice adds far less.',
      code: { file: 'random-choice.ts', text: 'available[random.integer(available.length)]!' },
    },
  ],
};

export const oneSlowServer: Tour = {
  steps: [
    {
      id: 'turns-for-a-slow-one',
      until: { kind: 'serveEnd', node: 'A', nth: 20 },
      look: { view: 'cluster', node: 'A', text: 'A takes three times as long as the others. It gets less to do.' },
      question: {
        kind: 'choice',
        ask: 'Round robin would give A every fourth request. What comes of that?',
        choices: [
          {
            text: 'A quarter of the requests take three times as long',
            misconception: {
              id: 'slow-is-just-slow',
              belief: 'a slow server only makes its own requests slower.',
              answer:
                'A gets more than it can finish, so its queue grows from the first request to the last. Everyone who lands there waits behind all of them.',
              contrast: { algorithm: 'round-robin' },
              compare: { metric: 'meanTimeInSystem', there: 'more' },
              shownBy: { kind: 'serveEnd', node: 'A', nth: 500 },
            },
          },
          { text: 'The queue of A grows without end' },
          {
            text: 'The average suffers, the typical request too',
            misconception: {
              id: 'average-tells-all',
              belief: 'a bad average means that the typical request is bad.',
              answer:
                'Three of four requests never meet A. The mean explodes, the median hardly moves: look at percentiles.',
              contrast: { algorithm: 'round-robin' },
              compare: { metric: 'p99', there: 'more' },
              shownBy: { kind: 'serveEnd', node: 'A', nth: 500 },
            },
          },
        ],
      },
      why: 'A queue is stable only while less comes than can be served. Round robin asks for no consent.',
      code: { file: 'round-robin.ts', text: 'server = server + 1 < pool.size' },
    },
    {
      id: 'what-it-knows',
      look: { view: 'charts', text: 'Least connections kept A from drowning.' },
      question: {
        kind: 'choice',
        ask: 'How does it know that A is slow?',
        choices: [
          {
            text: 'It measures how long answers take',
            misconception: {
              id: 'least-connections-measures',
              belief: 'least connections looks at response times.',
              answer: 'It never looks at a clock. Search its code for a time: there is none.',
              shownBy: { kind: 'serveEnd', node: 'A' },
            },
          },
          { text: 'It does not: A just has more requests in flight' },
        ],
      },
      why: 'What is slow keeps its requests longer, so its count stays high, so it gets fewer. Feedback without a measurement. It notices the load, not the speed, so A still got a little more than its fair part.',
      code: { file: 'least-connections.ts', text: 'inFlight[server]! * weights[least]!' },
    },
  ],
};
