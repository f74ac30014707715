/** What a change in a copy of many labs costs: the extension's own index of copies, asked as the views ask it. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { AlgorithmIndex } from '../../extension/copies/algorithm-index.ts';
import { createCopy } from '../../extension/copy/create-copy.ts';
import { editedFiles } from '../../extension/copy/edited-files.ts';
import { CopyFinder, type Copy } from '../../extension/copy/find-copies.ts';
import type { Product } from '../../extension/copy/layout.ts';
import { Catalogue } from '../../extension/labs/catalogue.ts';
import { root } from '../folders.ts';
import { figure, type Figure } from './figure.ts';
import { manyLabs, multiplyLabs } from './many-labs.ts';
import type { Measurement } from './measurement.ts';

/** As many as a build or a checkout brings at once. */
const burst = 40;

export const copies: Measurement = {
  name: 'copies',
  title: `A copy of ${manyLabs} labs: what is known of its files, and what a change of one costs`,
  repetitions: 40,
  browser: false,
  async run({ dist }, repetitions): Promise<Figure[]> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'sdl-measure-'));
    try {
      return await measure(folder, dist, repetitions);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, dist: string, repetitions: number): Promise<Figure[]> {
  const product: Product = { extensionPath: path.join(folder, 'installed'), version: '1.0.0' };
  await mkdir(product.extensionPath);
  await cp(path.join(root, 'labs'), path.join(product.extensionPath, 'labs'), { recursive: true });
  await cp(dist, path.join(product.extensionPath, 'dist'), { recursive: true });
  const ids = await multiplyLabs(product.extensionPath, manyLabs);
  const copyRoot = path.join(folder, 'copy');
  await createCopy(copyRoot, ids, product);

  const finder = new CopyFinder(product);
  const copy = (await finder.look([copyRoot])).known[0]!;
  const catalogue = new Catalogue(path.join(product.extensionPath, 'dist'));
  const index = new AlgorithmIndex(() => new Map());
  const ask = async (labs: readonly string[]): Promise<void> => {
    await editedFiles(copy); // the view of the copy
    for (const lab of labs) await index.own(copy, catalogue.lab(lab)!); // the tree and the panel
  };
  const first = await costOf(() => ask(ids));
  const events: Cost[] = [];
  const bursts: Cost[] = [];
  for (let i = 0; i < repetitions; i++) {
    const lab = ids[i % ids.length]!;
    await change(copy, finder, lab, 1);
    events.push(await costOf(() => ask([lab])));
    await change(copy, finder, lab, burst);
    bursts.push(await costOf(() => ask([lab])));
  }
  const stalls = [first, ...events, ...bursts].map(({ stall }) => stall);
  const cpu = (costs: readonly Cost[]): number[] => costs.map((cost) => cost.cpu);
  return [
    figure('CPU of an event', 'ms', cpu(events), { goal: { atMost: 10 }, note: 'a file was written, in any lab' }),
    figure(`CPU of ${burst} events at once`, 'ms', cpu(bursts), { note: 'files of one lab, each read once' }),
    figure('CPU of the first look', 'ms', cpu([first]), { note: 'all files are read and looked through' }),
    figure('the longest stall', 'ms', [Math.max(...stalls)], { goal: { atMost: 50 }, note: 'of all of these' }),
  ];
}

async function change(copy: Copy, finder: CopyFinder, lab: string, count: number): Promise<void> {
  const { files } = await copy.files(lab).list();
  for (const file of files.slice(0, count)) {
    const name = path.join(copy.root, lab, file);
    await writeFile(name, `${await readFile(name, 'utf8')}\n`);
    finder.changed(copy.root, `${lab}/${file}`);
  }
}

/** What a piece of work took, in milliseconds. */
interface Cost {
  /** Of all threads of this process. */
  cpu: number;
  /** The longest time for which nothing else had its turn. */
  stall: number;
}

async function costOf(work: () => Promise<void>): Promise<Cost> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = process.cpuUsage();
  delay.enable();
  await work();
  const { user, system } = process.cpuUsage(before);
  delay.disable();
  return { cpu: (user + system) / 1000, stall: delay.max / 1e6 };
}
