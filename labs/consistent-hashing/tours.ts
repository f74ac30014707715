/** One tour a scenario: what to look at, what most people expect there, and the run that shows otherwise. */
import type { Tour } from 'system-design-labs/engine';

const oneLeaves: Tour = {
  steps: [
    {
      id: 'which-keys-move',
      until: { kind: 'mark', label: 'leaves' },
      look: {
        view: 'ring',
        text: 'Small dots are keys, large ones servers. Walk clockwise from a key: the first server you meet owns it.',
      },
      question: {
        kind: 'choice',
        ask: 'One server is about to leave. Which keys move?',
        choices: [
          {
            text: 'Nearly all of them',
            misconception: {
              id: 'owner-depends-on-count',
              belief: 'where a key belongs depends on how many servers there are.',
              answer:
                'That is hash modulo N: N stands in the formula, so a new N deals all keys anew. On the ring nothing counts the servers.',
              contrast: { algorithm: 'modulo' },
              compare: { metric: 'movedOnRemove', there: 'more' },
              shownBy: { kind: 'move', nth: -1 },
            },
          },
          { text: 'Only those of the server that leaves' },
          {
            text: 'A few of each server, so that all stay equally full',
            misconception: {
              id: 'ring-evens-out',
              belief: 'the ring shares the keys out again.',
              answer:
                'Nobody counts keys on a ring. A server that stays keeps what it had, and {movedBetweenSurvivors} keys moved between two that stayed.',
              shownBy: { kind: 'leave' },
            },
          },
        ],
      },
      why: 'A key asks only for the next point clockwise. When one point goes, that answer changes for the keys on its arc and for no others.',
      code: { file: 'ring.ts', text: 'circle.serverAt(circle.firstPoint(' },
    },
    {
      id: 'who-inherits',
      look: { view: 'ring', text: 'The server is gone. Look where its keys are now.' },
      question: {
        kind: 'choice',
        ask: 'Who got the keys of the server that left?',
        choices: [
          { text: 'One server: the next clockwise' },
          {
            text: 'All that are left, in equal parts',
            misconception: {
              id: 'heirs-share',
              belief: 'what one server leaves is spread over all others.',
              answer:
                'With one point a server there is one arc, and one heir who takes it all. With many points there are many arcs, and then it is true.',
              contrast: { parameters: { virtualNodes: 100 } },
              shownBy: { kind: 'move', nth: -1 },
            },
          },
          {
            text: 'Whoever had the fewest',
            misconception: {
              id: 'ring-knows-load',
              belief: 'the ring knows how full a server is.',
              answer:
                'The ring knows positions and nothing else. It gives to the next server even if that is the fullest.',
              shownBy: { kind: 'move', nth: -1 },
            },
          },
        ],
      },
      why: 'The arc that ended at the lost point now ends at the next one. In practice that neighbour may break under double load, and then the next: one reason for virtual nodes.',
      code: { file: 'circle.ts', text: 'point === count ? 0 : point' },
    },
  ],
};

const whyVirtualNodes: Tour = {
  steps: [
    {
      id: 'one-point-each',
      until: { kind: 'mark', label: 'leaves' },
      look: { view: 'ring', text: 'Ten servers with one point each, and all keys placed.' },
      question: {
        kind: 'choice',
        ask: 'A good hash has put the points on the circle. How even are the loads?',
        choices: [
          {
            text: 'Nearly even: that is what a good hash does',
            misconception: {
              id: 'good-hash-is-even',
              belief: 'a good hash spreads a few points evenly.',
              answer:
                'A good hash makes positions random, and random is not even. The fullest server holds {loadMax} keys, the emptiest {loadMin}. A hundred points each even out what ten cannot.',
              contrast: { parameters: { virtualNodes: 100 } },
              compare: { metric: 'loadMax', there: 'less' },
              shownBy: { kind: 'mark', label: 'leaves' },
            },
          },
          { text: 'Some hold twice the mean, others a fraction' },
          {
            text: 'Uneven here; more keys would even it out',
            misconception: {
              id: 'more-keys-even-out',
              belief: 'with enough keys the loads become even.',
              answer:
                'Keys spread evenly over the circle, but the arcs stay as long as they are. With ten times the keys the fullest server has ten times as many.',
              contrast: { parameters: { keys: 10_000 } },
              compare: { metric: 'loadMax', there: 'more' },
              shownBy: { kind: 'mark', label: 'leaves' },
            },
          },
        ],
      },
      why: 'A server owns the arc that ends at its point, and random arcs differ: the longest of n is about ln n times the mean. Here the fullest holds {loadMax} keys where the mean is {loadMean}.',
      code: { file: 'circle.ts', text: 'hash.position(`${server}#${i}`)' },
    },
    {
      id: 'what-more-points-change',
      look: { view: 'ring', text: 'One of them has left, and its only neighbour has all of its keys.' },
      question: {
        kind: 'choice',
        ask: 'With a hundred points a server, do fewer keys move when one leaves?',
        choices: [
          {
            text: 'Yes: more points, finer steps, fewer moves',
            misconception: {
              id: 'virtual-nodes-save-moves',
              belief: 'virtual nodes reduce how many keys move.',
              answer:
                'Whoever leaves gives up all it had, with one point or a hundred. What changes is that the amount is close to the mean, and that many share it.',
              contrast: { parameters: { virtualNodes: 100 } },
              compare: { metric: 'loadStdDev', there: 'less' },
              shownBy: { kind: 'leave' },
            },
          },
          { text: 'No, about a fair share moves either way; but it goes to many servers' },
        ],
      },
      why: 'The share of a server is the sum of its arcs. The more arcs, the less chance has to say: the standard deviation falls with the square root of the points.',
      code: { file: 'ring.ts', text: 'virtualNodePositions(server, this.#virtualNodes' },
    },
  ],
};

const atScale: Tour = {
  steps: [
    {
      id: 'how-many-leave',
      until: { kind: 'mark', label: 'leave' },
      look: { view: 'ring', text: 'A thousand servers hold ten thousand keys. Fifty of the servers are about to go.' },
      question: {
        kind: 'number',
        ask: 'How many keys will have to be copied?',
        metric: 'movedOnRemove',
        within: 0.3,
        unit: 'keys',
      },
      why: 'Only the keys of those that leave, so about the same share of keys as of servers. It came to {movedOnRemove}: not exact, since servers on a ring are not equally full.',
      code: { file: 'ring.ts', text: 'this.#points.delete(server)' },
    },
    {
      id: 'what-modulo-would-do',
      until: { kind: 'mark', label: 'join', nth: 2 },
      look: { view: 'log', text: 'The keys of the fifty have moved. Now fifty new servers join.' },
      question: {
        kind: 'choice',
        ask: 'Had we used hash modulo N, how many keys would the fifty newcomers move?',
        choices: [
          {
            text: 'About as many as here: one in twenty',
            misconception: {
              id: 'modulo-moves-its-share',
              belief: 'a small change of N moves a small share of the keys.',
              answer:
                'The rest of a division by 950 says nothing about the rest by 1,000. A key stays only by accident.',
              contrast: { algorithm: 'modulo' },
              compare: { metric: 'movedOnAdd', there: 'more' },
              shownBy: { kind: 'mark', label: 'join', nth: 2 },
            },
          },
          {
            text: 'About half',
            misconception: {
              id: 'modulo-moves-half',
              belief: 'a key either stays or moves, so about half of them do.',
              answer: 'There are a thousand places to be dealt to, and only one of them is the old one.',
              contrast: { algorithm: 'modulo' },
              compare: { metric: 'movedOnAdd', there: 'more' },
              shownBy: { kind: 'mark', label: 'join', nth: 2 },
            },
          },
          { text: 'Nearly all' },
        ],
      },
      why: 'On the ring a newcomer cuts its share out of a few arcs: {movedOnAdd} keys moved. Under modulo every server gets new keys and loses its old ones. For a cache that means empty.',
      code: { file: 'modulo.ts', text: 'this.#hash.remainder(key, this.#servers.length)' },
    },
    {
      id: 'moving-is-not-evenness',
      look: { view: 'ring', text: 'All is settled again.' },
      question: {
        kind: 'choice',
        ask: 'The ring moves far fewer keys than modulo. Is it also as even?',
        choices: [
          {
            text: 'Yes: “consistent” includes evenly loaded',
            misconception: {
              id: 'consistent-means-even',
              belief: 'consistent hashing balances the load.',
              answer:
                'Consistent says only that few keys move. Modulo moves nearly all and is the more even of the two. The fullest server here holds {loadMax} keys.',
              contrast: { algorithm: 'modulo' },
              compare: { metric: 'loadMax', there: 'less' },
              shownBy: { kind: 'mark', label: 'leave' },
            },
          },
          { text: 'No: with few points a server it is far less even' },
        ],
      },
      why: 'Few moves and even load are two promises. The ring makes the first; for the second it needs many virtual nodes, or a bound on the load.',
    },
  ],
};

const onlyTheLast: Tour = {
  steps: [
    {
      id: 'the-last-leaves',
      until: { kind: 'mark', label: 'joins' },
      look: { view: 'ring', text: 'The last server has left. Its keys went to all the others, not to a neighbour.' },
      question: {
        kind: 'number',
        ask: 'How many keys moved between two servers that stayed?',
        metric: 'movedBetweenSurvivors',
        within: 0,
        unit: 'keys',
      },
      why: 'None. Jump hash asks for each key in which bucket it would be with 1, 2, 3 … buckets. Without the last bucket a key in it falls back to where it was before; no other key ever jumped there.',
      code: { file: 'jump.ts', text: 'if (next >= buckets) return bucket;' },
    },
    {
      id: 'the-first-leaves',
      look: { view: 'ring', text: 'The most even of all placements, and it needs no table.' },
      question: {
        kind: 'choice',
        ask: 'What if it is the first server that leaves, not the last?',
        choices: [
          {
            text: 'Just as few keys move',
            misconception: {
              id: 'jump-takes-any-leaver',
              belief: 'jump hash is consistent whoever leaves.',
              answer:
                'It knows buckets by number, and numbers have no gaps. Each server behind the first moves down one, and takes over keys that belonged to another.',
              contrast: { parameters: { removeFrom: 'first' } },
              compare: { metric: 'movedBetweenSurvivors', there: 'more' },
              shownBy: { kind: 'mark', label: 'joins' },
            },
          },
          { text: 'Nearly all keys move' },
          {
            text: 'Only the first and the second server are concerned',
            misconception: {
              id: 'gap-is-filled-once',
              belief: 'the gap is filled by one neighbour.',
              answer: 'The second takes number 0, so the third takes number 1, and so on to the end: all are renamed.',
              contrast: { parameters: { removeFrom: 'first' } },
              compare: { metric: 'movedOnRemove', there: 'more' },
              shownBy: { kind: 'mark', label: 'joins' },
            },
          },
        ],
      },
      why: 'The price of having no table is that buckets are numbers. Use jump hash for shards that are added and dropped at the end, and give a failed shard a replica instead of removing it.',
      code: { file: 'jump.ts', text: 'this.#servers.splice(bucket, 1)' },
    },
  ],
};

const theFullestServer: Tour = {
  steps: [
    {
      id: 'guess-the-fullest',
      until: { kind: 'mark', label: 'leaves' },
      look: { view: 'ring', text: 'Three points a server. On average a server holds {loadMean} keys.' },
      question: {
        kind: 'number',
        ask: 'How many keys does the fullest server hold?',
        metric: 'loadMax',
        within: 0.2,
        unit: 'keys',
      },
      why: 'It holds {loadMax}, the emptiest {loadMin}. You buy servers for the fullest one, so this is what uneven load costs.',
      code: { file: 'ring.ts', text: 'virtualNodePositions(server, this.#virtualNodes' },
    },
    {
      id: 'price-of-a-bound',
      look: { view: 'ring', text: 'A server left, another joined; no key moved between two that stayed.' },
      question: {
        kind: 'choice',
        ask: 'Put a bound on the load: a full server passes keys on to the next. What does it cost?',
        choices: [
          {
            text: 'Nothing: still only keys of leavers and for joiners move',
            misconception: {
              id: 'bound-is-free',
              belief: 'a bound changes who owns a key, not how many move.',
              answer:
                'With a bound the owner of a key depends on how full the others are. When that changes, keys move between servers that stayed.',
              contrast: { algorithm: 'bounded-loads' },
              compare: { metric: 'movedBetweenSurvivors', there: 'more' },
              shownBy: { kind: 'mark', label: 'joins' },
            },
          },
          { text: 'A few more keys move, between servers that stay' },
          {
            text: 'The fullest server stays as it is; only new keys go elsewhere',
            misconception: {
              id: 'bound-only-for-new-keys',
              belief: 'a bound does not help who is full already.',
              answer: 'The bound holds from the first key on, so nobody ever gets there.',
              contrast: { algorithm: 'bounded-loads' },
              compare: { metric: 'loadMax', there: 'less' },
              shownBy: { kind: 'mark', label: 'leaves' },
            },
          },
        ],
      },
      why: 'No server above (1 + ε) times the mean, for a few extra moves: a good trade where one overloaded server hurts more than a copied key.',
      code: { file: 'bounded-loads.ts', text: 'this.#loads.get(server)! < capacity) return' },
    },
  ],
};

const aHashThatClumps: Tour = {
  steps: [
    {
      id: 'where-the-points-lie',
      until: { kind: 'mark', label: 'placed' },
      look: { view: 'ring', text: 'Each server has three points. Choose one and see how far apart its points lie.' },
      why: 'The points of a server are the hashes of shard-0#0, shard-0#1, shard-0#2. Those names differ in one character, and raw FNV-1a hardly stirs the last one in: the points fall close together.',
      code: { file: 'circle.ts', text: 'hash.position(`${server}#${i}`)' },
    },
    {
      id: 'what-is-wrong',
      until: { kind: 'mark', label: 'leaves' },
      look: { view: 'ring', text: 'All keys are placed: {loadMean} a server on average, {loadMax} on the fullest.' },
      question: {
        kind: 'choice',
        ask: 'What would even it out?',
        choices: [
          {
            text: 'Nothing: three points are too few, whatever the hash',
            misconception: {
              id: 'only-points-count',
              belief: 'only the number of points matters, not the hash.',
              answer: 'Take the same three points a server and a hash that mixes: the fullest has far less.',
              contrast: { parameters: { hash: 'murmur3' } },
              compare: { metric: 'loadMax', there: 'less' },
              shownBy: { kind: 'mark', label: 'leaves' },
            },
          },
          { text: 'A hash that mixes every character into every bit' },
          {
            text: 'Other keys: these are unlucky',
            misconception: {
              id: 'unlucky-keys',
              belief: 'it is the keys that clump.',
              answer: 'It is the servers. The same keys lie far more evenly when murmur3 places the points.',
              contrast: { parameters: { hash: 'murmur3' } },
              compare: { metric: 'loadStdDev', there: 'less' },
              shownBy: { kind: 'mark', label: 'leaves' },
            },
          },
        ],
      },
      why: 'Three points that lie together are little better than one. A hash for a ring must scatter names that hardly differ.',
      code: { file: 'hash.ts', text: 'export function fnv1a32(' },
    },
  ],
};

/** By scenario. */
export const tours = {
  'one-leaves': oneLeaves,
  'why-virtual-nodes': whyVirtualNodes,
  'at-scale': atScale,
  'only-the-last': onlyTheLast,
  'the-fullest-server': theFullestServer,
  'a-hash-that-clumps': aHashThatClumps,
} satisfies Record<string, Tour>;
