/**
 * How every npm script of this project begins: `node scripts/bootstrap.mjs <script> [arguments]`.
 *
 * It needs nothing but Node 20: it installs the project's packages when they are missing or differ from the
 * lockfile, and then runs the script under the Node 24 that is one of them, so that everything else may be
 * written in TypeScript and run as it stands. What it has to say goes to stderr: stdout belongs to the script.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, 'node_modules');
const projectNode = path.join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** How often the parent is looked for. */
const parentCheckMs = 250;

const say = (text) => process.stderr.write(`${text}\n`);
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Why `npm ci` has to run, or undefined when what is installed is what the lockfile names. */
function whyInstall() {
  const record = path.join(modules, '.package-lock.json');
  if (!existsSync(record)) return 'the packages are not installed yet';
  // npm keeps a record of what it installed: comparing with that also notices an `npm install` done by hand.
  const wanted = readJson(path.join(root, 'package-lock.json')).packages;
  const installed = readJson(record).packages;
  for (const [place, { version, optional, peer, link }] of Object.entries(wanted)) {
    if (place === '' || optional || peer || link) continue;
    if (installed[place]?.version !== version) return `${place.replace(/^.*node_modules\//, '')} is not at ${version}`;
  }
  if (!existsSync(projectNode)) return 'the project’s own Node is missing';
  return undefined;
}

/**
 * Runs a program with this terminal as its own.
 * @returns its exit status, 128 + n for signal n as shells have it
 */
function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, ...options });
    // Ctrl-C reaches the child from the terminal; it cleans up, and this process must outlive that.
    const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    // npm, when it is killed, tells nobody: who is handed to another parent has lost its own.
    const parent = process.ppid;
    const watch = setInterval(() => process.ppid === parent || child.kill('SIGHUP'), parentCheckMs);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      for (const name of signals) process.off(name, forward);
      resolve(code ?? (signal === 'SIGINT' ? 130 : signal === 'SIGHUP' ? 129 : 143));
    });
  });
}

async function install(reason) {
  say(`Installing packages with npm ci (${reason}); the first time takes about a minute.`);
  const started = Date.now();
  const progress = setInterval(
    () => say(`  … still installing, ${Math.round((Date.now() - started) / 1000)} s`),
    15_000,
  );
  const npm = process.env.npm_execpath;
  // npm's report goes to stderr as well: `npm run lab -- … --json` must print nothing but its result.
  const stdio = ['ignore', 2, 2];
  // Node 24 comes with an install script, which a user's own setting may forbid.
  const args = ['ci', '--ignore-scripts=false', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { stdio })
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { stdio, shell: process.platform === 'win32' });
  clearInterval(progress);
  if (status !== 0) {
    say(`npm ci ended with status ${status}: see its message above. With a network, run the same command again.`);
    process.exit(status);
  }
  if (!existsSync(projectNode)) {
    say(`npm ci left no ${path.relative(root, projectNode)}. Run: npm rebuild node --ignore-scripts=false`);
    process.exit(1);
  }
  say(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

const [script, ...args] = process.argv.slice(2);
if (script === undefined) {
  say('usage: node scripts/bootstrap.mjs <script> [arguments]');
  process.exit(2);
}
if (Number.parseInt(process.versions.node, 10) < 20) {
  say(`System Design Labs needs Node 20 or newer to start; this is ${process.version}. See https://nodejs.org.`);
  process.exit(1);
}
const reason = whyInstall();
if (reason !== undefined) await install(reason);

const file = path.join(root, script);
if (process.version === `v${readJson(path.join(modules, 'node/package.json')).version}`) {
  process.argv.splice(1, 2, file);
  await import(pathToFileURL(file).href);
} else {
  // Two packages have a `node` for .bin: this one and the oldest that is supported, for tests.
  const PATH = [path.dirname(projectNode), path.join(modules, '.bin'), process.env.PATH].join(path.delimiter);
  const env = { ...process.env, PATH, SDL_STARTED_BY: String(process.pid) };
  process.exitCode = await run(projectNode, [file, ...args], { env });
}
