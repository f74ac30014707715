/** A benchmark plan for the tests of the harness. */
import { defineBenchmark, definePeer, type BenchmarkGroup } from 'system-design-labs/engine';
import type { Adder } from './fixture-lab.ts';

export type AdderClass = new () => Adder;

const numbers = Float64Array.from({ length: 64 }, (_, index) => index * 1.5);
const at = (index: number): number => numbers[index & 63]!;

export const adding: BenchmarkGroup<AdderClass> = {
  name: 'adding',
  operation: 'the sum of two numbers',
  algorithms: ['plain', 'slow'],
  size: 1,
  growth: { unit: 'numbers', sizes: [1, 2], claims: { plain: 'O(1)', slow: 'O(1)' } },
  prepare(Implementation) {
    const adder = new Implementation();
    return (index) => adder.add(at(index), at(index + 1));
  },
  check: (Implementation) => (new Implementation().add(2, 3) === 5 ? undefined : '2 + 3 is 5'),
  peers: [
    definePeer<{ add(a: number, b: number): string }>({
      package: 'adds-in-text',
      prepare:
        ({ add }) =>
        (index) =>
          add(at(index), at(index + 1)),
    }),
    definePeer({ package: 'never-installed', prepare: () => () => 0 }),
  ],
  floor: { title: 'two reads', prepare: () => (index) => at(index) * at(index + 1) },
};

export default defineBenchmark<AdderClass>({
  lab: 'adding',
  groups: [adding],
  siblings: { ...adding, name: 'all algorithms', peers: [] },
});
