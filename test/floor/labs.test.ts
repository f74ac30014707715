/** Every lab as it is built, run by the terminal and from its sources: the same under this Node as under the project's. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { worlds } from '../../labs/engine/lab/worlds.ts';
import { readCatalogue } from '../../extension/run/program/bundled-lab.ts';
import { RunService } from '../../extension/run/run-service.ts';
import { root } from '../../scripts/folders.ts';

const dist = path.join(root, 'dist');
const windows = process.platform === 'win32';
const projectNode = path.join(root, 'node_modules/node/bin', windows ? 'node.exe' : 'node');
const labs = await readCatalogue(dist);

const service = new RunService({
  dist,
  limits: () => ({ deadline: 60_000, memory: 512, maxEvents: 100_000 }),
  log: () => {},
  bundler: false,
});
after(() => service.dispose());

test('this is the Node that the oldest supported VS Code brings', () => {
  assert.match(process.version, /^v22\.15\./);
});

test('there is a lab of each world', () => {
  const found = new Set(labs.flatMap(({ scenarios }) => scenarios.map(({ world }) => world)));
  assert.deepEqual([...found].sort(), [...worlds].sort());
});

for (const { id } of labs) {
  test(`${id} runs as it does under the project's Node`, async () => {
    const report = await inTerminal(process.execPath, id);
    assert.deepEqual(report, await inTerminal(projectNode, id));
    const source = { kind: 'folder', root: path.join(root, 'labs') } as const;
    const run = service.start({ lab: id, algorithm: report.algorithm, scenario: report.scenario, seed: 7, source });
    await run.finished;
    assert.equal(run.state, 'finished', run.failure?.message);
    assert.equal(run.report!.trace.hash, report.trace.hash);
  });
}

interface Report {
  algorithm: string;
  scenario: string;
  trace: { hash: string };
}

async function inTerminal(node: string, lab: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(node, [path.join(dist, 'cli.mjs'), 'run', lab, '--seed', '7', '--json']);
  return JSON.parse(stdout) as Report;
}
