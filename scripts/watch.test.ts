/** What `npm run watch` builds again after a change: on a tree of its own, with two labs and no extension around them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { root } from './folders.ts';

let tree: string;
const at = (name: string): string => path.join(tree, name);

before(async () => {
  tree = await realpath(await mkdtemp(path.join(os.tmpdir(), 'sdl-watch-')));
  for (const name of ['esbuild.mjs', 'package.json', 'scripts', 'labs/engine']) {
    await cp(path.join(root, name), at(name), { recursive: true });
  }
  await symlink(path.join(root, 'node_modules'), at('node_modules'));
  for (const id of ['one', 'two']) {
    const fixture = path.join(root, 'extension/run/testing/labs/counting');
    await cp(fixture, at(`labs/${id}`), { recursive: true });
    await edit(id, (text) => text.replace("id: 'counting'", `id: '${id}'`));
  }
});
after(() => rm(tree, { recursive: true, force: true }));

async function edit(lab: string, change: (text: string) => string): Promise<void> {
  const file = at(`labs/${lab}/lab.ts`);
  const text = await readFile(file, 'utf8');
  assert.notEqual(change(text), text);
  await writeFile(file, change(text));
}

/** When each of the built files was written last. */
async function written(): Promise<Record<string, number>> {
  const names = [
    'labs/one.mjs',
    'labs/one.mjs.map',
    'labs/two.mjs',
    'labs/two.mjs.map',
    'engine.mjs',
    'catalogue.json',
    'catalogue/one.json',
  ];
  const times = names.map(async (name) => [name, (await stat(at(`dist/${name}`))).mtimeMs] as const);
  return Object.fromEntries(await Promise.all(times));
}

test('a lab that was changed is built again with its line of the catalogue, and nothing else', async () => {
  const watch = spawn(process.execPath, [at('esbuild.mjs'), '--watch'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface(watch.stdout);
  const finished = async (): Promise<void> => {
    for (;;) if (((await once(lines, 'line')) as [string])[0] === '[watch] build finished') return;
  };
  try {
    await finished();
    const before = await written();
    const built = finished();
    await edit('one', (text) => text.replace(/title: '[^']*'/, "title: 'Changed'"));
    await built;
    const now = await written();
    const changed = Object.keys(now).filter((name) => now[name] !== before[name]);
    assert.deepEqual(changed, ['labs/one.mjs', 'labs/one.mjs.map', 'catalogue.json', 'catalogue/one.json']);
    const catalogue = JSON.parse(await readFile(at('dist/catalogue.json'), 'utf8')) as { id: string; title: string }[];
    assert.deepEqual(
      catalogue.map(({ id, title }) => [id, title === 'Changed']),
      [
        ['one', true],
        ['two', false],
      ],
    );
  } finally {
    watch.kill();
    if (watch.exitCode === null && watch.signalCode === null) await once(watch, 'exit');
  }
});
