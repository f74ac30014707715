import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunRecord } from '../../labs/engine/record/run-record.ts';
import { carriedFiles, portable } from './carried-code.ts';
import { handMadeRun } from './testing/hand-made-run.ts';

function carrying(...files: string[]): Pick<RunRecord, 'lab' | 'program'> {
  return {
    lab: 'counting',
    program: { lab: 'counting', edited: false, files: files.map((file) => ({ file, text: '', sha256: '' })) },
  };
}
const names = (record: Pick<RunRecord, 'lab' | 'program'>): string[] => carriedFiles(record).map(({ name }) => name);

test('files are named by lab, wherever they were', () => {
  const expected = ['counting/lab.ts', 'counting/parts/plain.ts'];
  assert.deepEqual(names(handMadeRun()), expected);
  assert.deepEqual(names(portable(handMadeRun())), expected);
  assert.deepEqual(names(carrying('sdlabs:/counting/lab.ts')), ['counting/lab.ts']);
  assert.deepEqual(names(carrying('C:\\Users\\Ada\\labs\\counting\\lab.ts')), ['counting/lab.ts']);
});

test('a file of the copy beside the lab comes along', () => {
  assert.deepEqual(names(carrying('/labs/counting/lab.ts', '/labs/shared/step.ts')), [
    'counting/lab.ts',
    'shared/step.ts',
  ]);
});

test('the module that joins own algorithms to a lab does not: it is made anew', () => {
  const record = carrying('/labs/counting/lab-with-your-own.ts', '/labs/counting/lab.ts');
  assert.deepEqual(carriedFiles(record), [{ index: 1, name: 'counting/lab.ts', text: '' }]);
});

test('a name that leads out of the folder is refused', () => {
  const climbing = [
    '/labs/counting/../../.bashrc',
    '/etc/passwd',
    '/labs/counting//x.ts',
    '/labs/counting/c:x.ts',
    '/labs/counting/..',
    '/labs/counting/.git',
    '/labs/counting/a\0b.ts',
  ];
  for (const file of climbing) {
    assert.throws(() => names(carrying('/labs/counting/lab.ts', file)), /outside of its lab/, file);
  }
  assert.throws(() => names({ ...carrying('/x/lab.ts'), lab: '../x' }), /no name of a lab/);
});

test('a run without code says so', () => {
  assert.throws(() => names(carrying()), /kept no code/);
});

test('what is given away names no folder and holds no bundle', () => {
  const given = portable({
    ...handMadeRun(),
    failure: {
      reason: 'threw',
      message: 'no /home/ada/labs/counting/x',
      stack: 'Error\n    at file:///home/ada/labs/counting/lab.ts:3:1',
      location: { file: '/home/ada/labs/counting/lab.ts', line: 3, column: 1 },
    },
  });
  assert.doesNotMatch(JSON.stringify(given), /ada/);
  assert.equal(given.failure?.location?.file, 'counting/lab.ts');
  assert.equal(given.failure.stack, 'Error\n    at counting/lab.ts:3:1');
  assert.deepEqual(portable(given), given);
});

test('a bundled run keeps the names of its files', () => {
  const file = 'sdlabs:/counting/lab.ts';
  const { program } = portable({ ...handMadeRun(), program: carrying(file).program! });
  assert.equal(program?.files[0]?.file, file);
});
