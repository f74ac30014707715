/** A lab that lacks something is told so, by the name of what it lacks. */
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Lab } from '../../engine/lab/lab.ts';
import type { Tour } from '../../engine/lab/tour.ts';
import { complaintsAboutFiles } from '../../engine/testing/check-files.ts';
import { complaintsAboutLab } from '../../engine/testing/check-lab.ts';
import { complaintsAboutTours } from '../../engine/testing/check-tours.ts';

const folder = new URL('../../shared-rate-limit/', import.meta.url);
const { default: lab } = (await import(new URL('lab.ts', folder).href)) as { default: Lab };

const scratch = await mkdtemp(path.join(os.tmpdir(), 'sdl-incomplete-lab-'));
after(() => rm(scratch, { recursive: true }));
await mkdir(path.join(scratch, 'node_modules'));
const root = path.join(import.meta.dirname, '../../..');
await symlink(root, path.join(scratch, 'node_modules/system-design-labs'), 'junction'); // what a lab imports

const template = 'templates/new-algorithm.ts';
let copies = 0;

/** What is said of the lab when one of its files is another, or gone. */
async function saidOfFiles(file: string, change?: (text: string) => string): Promise<string[]> {
  const copy = path.join(scratch, `copy-${copies++}`);
  await cp(fileURLToPath(folder), copy, { recursive: true });
  const text = await readFile(path.join(copy, file), 'utf8');
  await rm(path.join(copy, file));
  if (change) {
    assert.notEqual(change(text), text, `${file} is not changed`);
    await writeFile(path.join(copy, file), change(text));
  }
  return complaintsAboutFiles(lab, pathToFileURL(`${copy}/`));
}

test('files that are missing, or do not say what they must', async () => {
  for (const file of ['theory.md', template, 'testing/views.ts']) {
    assert.deepEqual(await saidOfFiles(file), [`${file} is missing`]);
  }
  const wrong: [file: string, change: (text: string) => string, complaint: RegExp][] = [
    [
      'theory.md',
      (text) => text.replace(/^# .*/, '# Theory'),
      /does not begin with '# Rate limiting at several gateways'/,
    ],
    ['theory.md', (text) => text.replace(/^## Where it is used[^]*?(?=^## )/m, ''), /no section 'Where it is used'/],
    [
      'theory.md',
      (text) => text.replace(/^## Further reading[^]*/m, ''),
      /no section 'Further reading'\n.*three sources/,
    ],
    ['theory.md', (text) => text.replace(', 1993,', ','), /fewer than three sources/],
    ['theory.md', (text) => text.replace(/^## The race/m, ''), /fewer than two sections/],
    ['own-share.ts', (text) => text.replace('implements SharedLimit', ''), /no file has a class OwnShare/],
    ['own-share.ts', (text) => text.replace('Source:', 'From:'), /own-share does not say what its source is/],
    ['own-share.ts', (text) => text.replace('Cost:', 'Price:'), /own-share does not say what it costs/],
    [template, (text) => text.replace('class NewAlgorithm', 'class Mine'), /no class NewAlgorithm/],
    [template, (text) => text.replace(/\*Read, then\s+\* write\*/, '*All is well*'), /names 0 scenarios/],
    [template, (text) => text.replace('state.admitted >= limit', 'state.admitted >= 1'), /breaks 0 checks, not one/],
    [
      template,
      (text) => text.replace('check *No more', 'check *Not more'),
      /does not say that it breaks 'No more than/,
    ],
  ];
  for (const [file, change, complaint] of wrong) {
    const said = await saidOfFiles(file, change);
    assert.match(said.join('\n'), complaint, `${file}: ${complaint}`);
  }
});

test('a declaration that lacks something, or promises what no run shows', async () => {
  const [sound, ...others] = lab.algorithms;
  const [first, ...further] = lab.scenarios;
  const { tour: _, answer: _answer, ...bare } = first!;
  const wrong: [Partial<Lab>, RegExp[]][] = [
    [
      {
        concepts: [],
        checks: { ...lab.checks, other: { title: 'Other', help: 'Other.' } },
        metrics: { ...lab.metrics, other: { title: 'Other' } },
      },
      [/fewer than three concepts/, /nothing breaks the check other/, /measured are /],
    ],
    [
      {
        scenarios: [{ ...bare, question: 'Look.' }, ...further],
        algorithms: lab.algorithms.filter(({ broken }) => !broken),
      },
      [/asks no question/, /has no answer to its question/, /has no tour/, /it has no broken variant/],
    ],
    [
      { algorithms: [{ ...sound!, broken: { bug: 'None.', check: 'quota', seed: 1 } }, ...others] },
      [/store-decides: quota is held where its bug should show/],
    ],
  ];
  for (const [change, complaints] of wrong) {
    const said = (await complaintsAboutLab({ ...lab, ...change }, folder)).join('\n');
    for (const complaint of complaints) assert.match(said, complaint);
  }
});

test('a tour that promises what does not happen', () => {
  const [first, ...further] = lab.scenarios;
  const [step, ...steps] = first!.tour!.steps;
  const said = (change: Partial<Tour['steps'][number]>): string =>
    complaintsAboutTours(
      { ...lab, scenarios: [{ ...first!, tour: { steps: [{ ...step!, ...change }, ...steps] } }, ...further] },
      folder,
      [1],
    ).join('\n');
  assert.equal(said({}), '');
  assert.match(said({ until: { kind: 'crash' } }), /plays to \{"kind":"crash"\}, which does not happen/);
  assert.match(said({ why: 'There are {nothing}.' }), /quotes nothing, which the run does not measure/);
  assert.match(said({ code: { file: 'none.ts', text: '' } }), /quotes none\.ts, which is not there/);
  assert.match(said({ look: { view: 'ring', text: '' } }), /looks at a view that the lab has not/);
});
