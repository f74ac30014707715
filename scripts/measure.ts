/**
 * `npm run measure`: packages the extension and prints figures of how it performs. They are to be read; nothing is
 * asserted. `npm run measure -- streaming stopping` takes only these; `--json` prints one object;
 * `--repetitions 3` repeats each measurement so often.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fail } from './fail.ts';
import { root } from './folders.ts';
import { endWithParent } from './lifetime.ts';
import { copies } from './measure/copies.ts';
import { longRun } from './measure/long-run.ts';
import { describeMachine } from './measure/machine.ts';
import { many } from './measure/many.ts';
import type { Measurement, Subject } from './measure/measurement.ts';
import { replay } from './measure/replay.ts';
import { asText, machineAsText, type Findings } from './measure/report.ts';
import { size } from './measure/size.ts';
import { stopping } from './measure/stopping.ts';
import { streaming } from './measure/streaming.ts';
import { workbench } from './measure/workbench.ts';
import { packageExtension, packageFile } from './package/package-extension.ts';
import { thisPlatform } from './package/targets.ts';

const all: readonly Measurement[] = [size, workbench, many, copies, longRun, streaming, stopping, replay];

interface Options {
  chosen: readonly Measurement[];
  json: boolean;
  repetitions: number | undefined;
}

function readOptions(): Options {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, repetitions: { type: 'string' } },
  });
  const unknown = positionals.find((name) => all.every((one) => one.name !== name));
  if (unknown !== undefined) {
    refuse(`There is no measurement '${unknown}'. The measurements are: ${all.map(({ name }) => name).join(', ')}.`);
  }
  const repetitions = values.repetitions === undefined ? undefined : Number(values.repetitions);
  if (repetitions !== undefined && !(Number.isInteger(repetitions) && repetitions >= 1)) {
    refuse(`--repetitions takes a whole number from 1 on, not '${values.repetitions}'.`);
  }
  const chosen = positionals.length === 0 ? all : all.filter(({ name }) => positionals.includes(name));
  return { chosen, json: values.json, repetitions };
}

function refuse(mend: string): never {
  console.error(mend);
  process.exit(2);
}

async function packaged(): Promise<Subject> {
  const target = thisPlatform();
  await packageExtension([target]);
  return { vsix: await packageFile(target), dist: path.join(root, 'out/package/dist') };
}

try {
  endWithParent();
  const { chosen, json, repetitions } = readOptions();
  const print = console.log;
  console.log = console.error; // what packaging says is not the result
  const machine = await describeMachine(chosen.some(({ browser }) => browser));
  const subject = await packaged();
  if (!json) print(`\n${machineAsText(machine)}`);
  const measurements: Findings[] = [];
  for (const { name, title, run, repetitions: usual } of chosen) {
    console.error(`Measuring: ${name} …`);
    const findings = { measurement: name, title, figures: await run(subject, repetitions ?? usual) };
    measurements.push(findings);
    if (!json) print(asText(findings));
  }
  if (json) print(JSON.stringify({ machine, measurements }));
  process.exit();
} catch (error) {
  fail(error);
}
