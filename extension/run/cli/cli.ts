/**
 * The labs from a terminal, for scripts and CI, through the same runner as in the editor.
 * Exit status: 0 fine, 1 a check is not as expected, an exercise not solved or the code went wrong, 2 bad usage.
 */
import { Command, CommanderError } from 'commander';
import { RunFailureError } from '../run.ts';
import { bench } from './bench-command.ts';
import { check } from './check-command.ts';
import { compare } from './compare-command.ts';
import { failureInWords } from './failure-text.ts';
import { list } from './list-command.ts';
import { run } from './run-command.ts';
import { sweep } from './sweep-command.ts';
import { UsageError } from './usage-error.ts';

/** The built files: this one lies among them. */
const dist = import.meta.dirname;

function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function program(): Command {
  const lab = new Command('lab')
    .description('Runs the labs of System Design Labs without an editor.')
    .exitOverride()
    .showHelpAfterError('(--help says more)');

  lab
    .command('list')
    .description('the labs, with their algorithms, scenarios, exercises and parameters')
    .option('--json', 'print one JSON value')
    .action((options) => list(dist, options));

  lab
    .command('run')
    .description('run an algorithm in a scenario and say how it went')
    .argument('<lab>', 'id of the lab')
    .option('--algorithm <id>', "the scenario's, or the lab's first, where left out")
    .option('--scenario <id>', "the lab's default where left out")
    .option('--seed <number>', 'the same seed gives the same run', '1')
    .option('--seeds <list>', 'many seeds, on all cores: 1..1000, or 1,5,9..12')
    .option('--set <name=value>', 'a parameter; may be given several times; name=@file reads the value', repeated, [])
    .option('--interventions <file>', 'JSON: a list of {anchor, action, arguments}')
    .option('--copy <folder>', "run a learner's copy, algorithms of their own included: the folder that Open Lab made")
    .option('--labs <folder>', 'run any folder that holds <lab>/lab.ts')
    .option('--timeout <seconds>', 'end the run after this time', '60')
    .option('--json', 'print one JSON value')
    .action((id, options) => run(dist, id, options));

  lab
    .command('compare')
    .description('compare two algorithms, or two settings, on the same draws')
    .argument('<lab>', 'id of the lab')
    .option('--algorithm <id>', "the scenario's, or the lab's first, where left out")
    .option('--with <id>', "the other algorithm; the scenario's contrast where neither this nor --with-set is given")
    .option('--with-set <name=value>', 'a parameter of the other side; may be given several times', repeated, [])
    .option('--scenario <id>', "the lab's default where left out")
    .option('--seeds <list>', 'one run a side for each', '1..10')
    .option(
      '--set <name=value>',
      'a parameter of both sides; may be given several times; name=@file reads the value',
      repeated,
      [],
    )
    .option('--copy <folder>', "run a learner's copy, algorithms of their own included: the folder that Open Lab made")
    .option('--labs <folder>', 'run any folder that holds <lab>/lab.ts')
    .option('--timeout <seconds>', 'end each run after this time', '60')
    .option('--json', 'print one JSON value')
    .action((id, options) => compare(dist, id, options));

  lab
    .command('sweep')
    .description('the curve of each metric over a parameter')
    .argument('<lab>', 'id of the lab')
    .requiredOption('--vary <name=values>', 'arrivalRate=0.1..0.9/0.1 or servers=1,2,4,8')
    .option('--metric <name>', 'only this one')
    .option('--algorithm <id>', "the scenario's, or the lab's first, where left out")
    .option('--scenario <id>', "the lab's default where left out")
    .option('--seeds <list>', 'several give intervals', '1')
    .option('--set <name=value>', 'a parameter; may be given several times; name=@file reads the value', repeated, [])
    .option('--copy <folder>', "run a learner's copy, algorithms of their own included: the folder that Open Lab made")
    .option('--labs <folder>', 'run any folder that holds <lab>/lab.ts')
    .option('--timeout <seconds>', 'end each run after this time', '60')
    .option('--json', 'print one JSON value')
    .action((id, options) => sweep(dist, id, options));

  lab
    .command('bench')
    .description("measure a lab's algorithms beside the best packages for the job, and the floor")
    .argument('<lab>', 'id of the lab')
    .option('--algorithm <id>', 'only this one; may be given several times', repeated, [])
    .option('--quick', 'fewer rounds: sooner, and less sure')
    .option('--copy <folder>', "measure a learner's copy: the folder that Open Lab made")
    .option('--labs <folder>', 'measure any folder that holds <lab>/lab.ts')
    .option('--json', 'print one JSON value')
    .action((id, options) => bench(dist, id, options));

  lab
    .command('check')
    .description('say whether an exercise is solved: status 0 when it is, 1 when it is not')
    .argument('<lab>', 'id of the lab')
    .argument('<exercise>', 'id of the exercise, as list says')
    .option('--copy <folder>', "in a learner's copy: the folder that Open Lab made; left out: the file as it ships")
    .option('--timeout <seconds>', 'end each run after this time', '60')
    .option('--json', 'print one JSON value')
    .action((id, exercise, options) => check(dist, id, exercise, options));

  return lab;
}

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = statusOf(error);
}

/** Says what went wrong, unless commander has said it, and gives the exit status. */
function statusOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof RunFailureError) {
    console.error(failureInWords(error.failure));
    return error.failure.reason === 'request' ? 2 : 1;
  }
  console.error(error);
  return 1;
}
