/** Tours of the scenarios in which servers die, return, or only seem to live. */
import type { Tour } from 'system-design-labs/engine';

export const failover: Tour = {
  steps: [
    {
      id: 'who-knows',
      until: { kind: 'crash', node: 'A' },
      look: { view: 'cluster', node: 'A', text: 'A has died this moment, between two requests.' },
      question: {
        kind: 'choice',
        ask: 'When does the balancer stop sending requests to A?',
        choices: [
          {
            text: 'At once: it sees that A is gone',
            misconception: {
              id: 'failure-is-seen-at-once',
              belief: 'the balancer knows who is dead.',
              answer:
                'It knows what its probes tell it. Let it probe once a second and believe the third failure: requests go to a dead server until then.',
              contrast: { parameters: { healthInterval: 1000, unhealthyAfter: 3, healthyAfter: 2 } },
              compare: { metric: 'failed', there: 'more' },
              shownBy: { kind: 'reject', node: 'A' },
            },
          },
          { text: 'After its next probe has gone unanswered' },
        ],
      },
      why: 'Between the death and the verdict lies a window. Here it is short and no request fell into it: {failed} failed.',
      code: { file: 'health.ts', text: 'contrary[server]!++' },
    },
    {
      id: 'turns-of-the-dead',
      until: { kind: 'mark', label: 'A is taken for down' },
      look: { view: 'cluster', text: 'Now the balancer takes A for down. A had half of the weight.' },
      question: {
        kind: 'choice',
        ask: 'What becomes of the turns of A?',
        choices: [
          {
            text: 'They are kept for it until it is back',
            misconception: {
              id: 'turns-are-saved-up',
              belief: 'a server that was away gets what it missed.',
              answer: 'Then a server would be flooded the moment it returns. Each round starts again at zero for all.',
              shownBy: { kind: 'mark', label: 'A is back' },
            },
          },
          { text: 'B and C share them by their weights' },
        ],
      },
      why: 'The rule only ever looks at who is available now. That is also why the others need room to spare: losing A doubles their load.',
      code: { file: 'weighted-bursty.ts', text: 'what they missed is not made up for' },
    },
    {
      id: 'trusted-again',
      until: { kind: 'mark', label: 'A is back' },
      look: { view: 'log', text: 'A had been running for a while before this line.' },
      question: {
        kind: 'choice',
        ask: 'What made the balancer trust A again?',
        choices: [
          {
            text: 'Its restart',
            misconception: {
              id: 'restart-is-enough',
              belief: 'a server is back when its process is.',
              answer: 'The restart was earlier, and the balancer did not see it. It waits for a good probe.',
              shownBy: { kind: 'restart', node: 'A' },
            },
          },
          { text: 'A probe that A answered' },
        ],
      },
      why: 'Asking for several good probes in a row keeps a server that comes and goes from being put in and out. The price is that a healthy one waits.',
      code: { file: 'health.ts', text: 'believed ? unhealthyAfter : healthyAfter' },
    },
  ],
};

export const herd: Tour = {
  steps: [
    {
      id: 'a-good-reputation',
      until: { kind: 'mark', label: 'A is back' },
      look: {
        view: 'cluster',
        node: 'A',
        text: 'A is back: an empty queue, a good average from before, and cold caches, so that it is fifty times slower.',
      },
      question: {
        kind: 'choice',
        ask: 'The rule takes the smallest average × queue. Where do the next requests go if nothing holds them back?',
        choices: [
          {
            text: 'Evenly to all four',
            misconception: {
              id: 'newcomers-get-a-share',
              belief: 'a server that returns gets its quarter.',
              answer:
                'Its expected time is the smallest by far, since it is idle and its average is old. Until the first slow answers come in, nearly all go there.',
              contrast: { parameters: { slowStart: 0 } },
              compare: { metric: 'p99', there: 'more' },
              shownBy: { kind: 'mark', label: 'A is back' },
            },
          },
          { text: 'To A, nearly all of them' },
          {
            text: 'Anywhere but to A: it is slow',
            misconception: {
              id: 'average-is-current',
              belief: 'the average shows how fast a server is now.',
              answer:
                'It shows how fast it was. No answer has come from the new A yet, and until then nothing changes.',
              contrast: { parameters: { slowStart: 0 } },
              compare: { metric: 'p99', there: 'more' },
              shownBy: { kind: 'mark', label: 'A is back' },
            },
          },
        ],
      },
      why: 'News comes with the answers, and slow answers come late. So the herd has moved in before the news is out.',
      code: { file: 'least-response-time.ts', text: 'average[server]! * (inFlight[server]! + 1)' },
    },
    {
      id: 'price-of-slow-start',
      look: { view: 'charts', text: 'Slow start let A take part in few choices at first, and in more later.' },
      question: {
        kind: 'choice',
        ask: 'Who was helped by that?',
        choices: [
          {
            text: 'Everyone',
            misconception: {
              id: 'slow-start-is-free',
              belief: 'slow start makes everything faster.',
              answer:
                'Whatever A does not get, the other three must do, and they were behind. Without slow start fewer requests are a little late, and the worst are far later.',
              contrast: { parameters: { slowStart: 0 } },
              compare: { metric: 'p95', there: 'less' },
              shownBy: { kind: 'mark', label: 'A is back' },
            },
          },
          { text: 'The worst-hit requests; others waited longer' },
        ],
      },
      why: 'One in a hundred took {p99} mean service times or more: bad, and much worse without slow start. It moves waiting from the few to the many.',
      code: { file: 'slow-start.ts', text: 'random.uniform() < sinceReturn / ramp' },
    },
  ],
};

export const draining: Tour = {
  steps: [
    {
      id: 'what-draining-does',
      until: { kind: 'mark', label: 'A is drained' },
      look: { view: 'cluster', node: 'A', text: 'An operator takes A out. It runs, and has requests in its queue.' },
      question: {
        kind: 'choice',
        ask: 'What happens to the requests that A has already?',
        choices: [
          {
            text: 'They are moved to the others',
            misconception: {
              id: 'requests-migrate',
              belief: 'a balancer can take a request back.',
              answer: 'A request that was sent is in the hands of its server. Draining only stops new ones.',
              shownBy: { kind: 'serveEnd', node: 'A', nth: -1 },
            },
          },
          { text: 'A finishes them; it just gets no new ones' },
          {
            text: 'They are lost',
            misconception: {
              id: 'draining-is-killing',
              belief: 'taking a server out costs what it was doing.',
              answer: 'That is what happens when it is simply switched off. Drained first, it loses nothing.',
              contrast: { parameters: { failures: 'A down 6s..8s' } },
              compare: { metric: 'failed', there: 'more' },
              shownBy: { kind: 'reject', node: 'A' },
            },
          },
        ],
      },
      why: 'Out of the rotation and alive: the queue runs empty by itself.',
      code: { file: 'run/reverse-proxy.ts', text: 'health.up[one] === 1 && draining[one] === 0' },
    },
    {
      id: 'cost-of-maintenance',
      until: { kind: 'crash', node: 'A' },
      look: { view: 'cluster', node: 'A', text: 'Only now is A switched off.' },
      question: {
        kind: 'number',
        ask: 'How many requests fail because of the maintenance?',
        metric: 'failed',
        within: 0,
        unit: 'requests',
      },
      why: 'None. But it is not free: while A is out the other three carry its load, so requests wait longer. Do it when there is room.',
    },
  ],
};

export const blackHole: Tour = {
  steps: [
    {
      id: 'who-is-hurt-more',
      until: { kind: 'crash', node: 'A' },
      look: {
        view: 'cluster',
        node: 'A',
        text: 'A is dead, and refuses each request at once. Nobody has noticed yet.',
      },
      question: {
        kind: 'choice',
        ask: 'Who loses more requests until it is noticed?',
        choices: [
          {
            text: 'Round robin: it is blind, least connections looks',
            misconception: {
              id: 'least-busy-is-safest',
              belief: 'choosing the least busy server is always the safer rule.',
              answer:
                'Round robin sends every fourth request to A. Least connections sends more: a server that refuses at once never has anything in flight.',
              contrast: { algorithm: 'round-robin' },
              compare: { metric: 'failed', there: 'less' },
              shownBy: { kind: 'reject', node: 'A', nth: 50 },
            },
          },
          { text: 'Least connections' },
          {
            text: 'Both the same: a quarter of what comes',
            misconception: {
              id: 'loss-is-the-fair-share',
              belief: 'a dead server attracts its usual share.',
              answer:
                'Only where the rule does not look. Here {failed} were lost; with turns it is a quarter of that time’s requests.',
              contrast: { algorithm: 'round-robin' },
              compare: { metric: 'failed', there: 'less' },
              shownBy: { kind: 'reject', node: 'A', nth: 50 },
            },
          },
        ],
      },
      why: 'Failing fast looks like being free. Nobody is ever less busy than A, so it draws more than its share: a black hole.',
      code: { file: 'least-connections.ts', text: 'inFlight[server]! * weights[least]!' },
    },
    {
      id: 'the-hole-closes',
      until: { kind: 'mark', label: 'A is taken for down' },
      look: { view: 'log', text: 'Count the refusals above this line. From here on there are none.' },
      why: 'What ends it is the health check, not the rule. Real proxies also count failed requests against a server, since those come sooner than the next probe.',
      code: { file: 'health.ts', text: 'contrary[server]!++' },
    },
  ],
};

export const grayFailure: Tour = {
  steps: [
    {
      id: 'alive-is-not-well',
      until: { kind: 'slow', node: 'B' },
      look: {
        view: 'cluster',
        node: 'B',
        text: 'B has become thirty times slower, at everything. It still answers probes.',
      },
      question: {
        kind: 'choice',
        ask: 'A health check asks “are you there?” every 200 ms. Does it find B?',
        choices: [
          {
            text: 'Yes: something is wrong, and a check finds that',
            misconception: {
              id: 'alive-means-healthy',
              belief: 'a server that answers its health check can serve.',
              answer: 'B is there, and says so. It keeps its quarter of the requests, and its queue only grows.',
              contrast: { parameters: { probe: 'answers' } },
              compare: { metric: 'p95', there: 'more' },
              shownBy: { kind: 'serveEnd', node: 'B', nth: -1 },
            },
          },
          { text: 'No: B answers, only late' },
        ],
      },
      why: 'A gray failure: the check sees a healthy server, the users see a dead one. A check must ask what users need.',
      code: { file: 'probes.ts', text: 'answers: ({ answered }) => answered' },
    },
    {
      id: 'a-better-probe',
      until: { kind: 'mark', label: 'B is taken for down' },
      look: { view: 'log', text: 'This probe also looks at the clock, and B is out after a few of them.' },
      question: {
        kind: 'choice',
        ask: 'How many requests failed in this run?',
        choices: [
          {
            text: 'Those that B had',
            misconception: {
              id: 'out-means-lost',
              belief: 'taking a server out loses what it was doing.',
              answer: 'B lives. It finished what it had, late: {failed} requests failed.',
              shownBy: { kind: 'mark', label: 'B is taken for down' },
            },
          },
          { text: 'None: they were late' },
        ],
      },
      why: 'A dashboard of errors would have shown nothing here. Watch latencies, by percentile and by server.',
      code: { file: 'probes.ts', text: 'roundTrip <= 3 * usualAnswerTime' },
    },
  ],
};

export const longPause: Tour = {
  steps: [
    {
      id: 'one-bad-answer',
      until: { kind: 'resume', node: 'C' },
      look: { view: 'cluster', node: 'C', text: 'C stood still for eight seconds, and runs again at its old speed.' },
      question: {
        kind: 'choice',
        ask: 'Its next answers will spoil its average by far. Will it ever be asked again?',
        choices: [
          {
            text: 'No: without answers an average never gets better',
            misconception: {
              id: 'bad-average-for-life',
              belief: 'least response time can never forgive.',
              answer:
                'The danger is real, and the code knows it: one request in fifty goes to any server. So C is heard of again, and it was serving to the end.',
              shownBy: { kind: 'serveBegin', node: 'C', nth: -1 },
            },
          },
          { text: 'Yes: now and then a server is tried at random' },
          {
            text: 'Yes: the average fades with time',
            misconception: {
              id: 'averages-fade',
              belief: 'old measurements fade by themselves.',
              answer: 'In peak EWMA they do. Here an average changes only when an answer comes.',
              contrast: { algorithm: 'peak-ewma' },
              shownBy: { kind: 'serveBegin', node: 'C', nth: -1 },
            },
          },
        ],
      },
      why: 'Who acts only on what it has measured must sometimes measure what it would not choose. Exploration costs a little always, and saves the rest.',
      code: { file: 'least-response-time.ts', text: 'random.integer(exploration) === 0' },
    },
    {
      id: 'forgiven',
      look: { view: 'timeline', node: 'C', text: 'C at the end of the run: it works like the others.' },
      why: 'Peak EWMA gets there in another way: it believes a bad answer at once and forgets it over seconds. Neither is free: run it beside this one and compare the tails.',
      code: { file: 'peak-ewma.ts', text: 'no news: the average fades' },
    },
  ],
};

export const twoDown: Tour = {
  steps: [
    {
      id: 'before-it-is-noticed',
      until: { kind: 'crash', node: 'C' },
      look: { view: 'cluster', text: 'B and C have just died. The balancer does not know it yet.' },
      question: {
        kind: 'choice',
        ask: 'What happens to requests that are sent to B and C now?',
        choices: [
          { text: 'They fail' },
          {
            text: 'The balancer sends them to another server',
            misconception: {
              id: 'retries-come-free',
              belief: 'a balancer tries again by itself.',
              answer:
                'This one does not: {failed} requests failed. A second try is safe only if doing a request twice is, and the balancer cannot know that.',
              shownBy: { kind: 'reject', node: 'B' },
            },
          },
        ],
      },
      why: 'A request that failed may have been carried out all the same. Retries are for requests that may be repeated.',
      code: { file: 'run/reverse-proxy.ts', text: 'onJobFailed(' },
    },
    {
      id: 'whose-turn',
      until: { kind: 'mark', label: 'taken for down', nth: 2 },
      look: {
        view: 'cluster',
        text: 'Both are out of the rotation. A, (B), (C), D: the turn of who is out passes to the next.',
      },
      question: {
        kind: 'choice',
        ask: 'So who gets more from now on?',
        choices: [
          {
            text: 'D: it inherits from B and from C',
            misconception: {
              id: 'next-inherits-all',
              belief: 'the next in line gets its own turn and those of the dead.',
              answer: 'After D has had the turn, A is next, wherever the turn came from. A, D, A, D: look who serves.',
              shownBy: { kind: 'serveBegin', node: 'D', nth: -1 },
            },
          },
          { text: 'Neither: A and D take turns' },
          {
            text: 'A: it comes first',
            misconception: {
              id: 'first-takes-over',
              belief: 'the first of the list takes over.',
              answer: 'The list has no head once it goes round. A and D get the same.',
              shownBy: { kind: 'serveBegin', node: 'D', nth: -1 },
            },
          },
        ],
      },
      why: 'What is remembered is who had the last turn, not whose turn it would have been. Other ways of skipping do overload the neighbour: on a hash ring they do.',
      code: { file: 'round-robin.ts', text: 'turn.last = server' },
    },
  ],
};
