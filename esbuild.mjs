// The one build: host, runner, CLI, webview, labs. `node esbuild.mjs [--watch] [--production]`
import * as esbuild from 'esbuild';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

const root = import.meta.dirname;
const dist = path.resolve(process.env.SDL_DIST ?? path.join(root, 'dist'));
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** Lab ids: the folders of labs/ that hold a lab.ts. */
async function labFolders() {
  const entries = await readdir(path.join(root, 'labs'), { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && existsSync(path.join(root, 'labs', entry.name, 'lab.ts')))
    .map((entry) => entry.name)
    .sort();
}

/** Only the entry points that exist, so that each part of the tree can be built alone. */
const present = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(path.join(root, file))));

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  keepNames: true,
  logLevel: 'warning',
  metafile: true,
};

/** What runs under Node: one folder, so that `import.meta.dirname` is dist/ in all of them. */
const node = {
  ...common,
  platform: 'node',
  target: 'node22',
  // esbuild carries a native binary and stays a package of its own.
  external: ['vscode', 'esbuild'],
};

/** Packages in CommonJS call require for Node's own modules. */
const requireInModules = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

/**
 * The maps of the labs name their sources from the root of the extension, `labs/<lab>/<file>`, wherever this build writes
 * to: what is built in one place runs in another.
 */
const sourcesFromTheRoot = {
  name: 'sources-from-the-root',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      const maps = Object.keys(metafile?.outputs ?? {}).filter((file) => file.endsWith('.map'));
      for (const file of maps.map((name) => path.resolve(root, name))) {
        const map = JSON.parse(await readFile(file, 'utf8'));
        const sources = map.sources.map((source) =>
          path
            .relative(root, path.resolve(path.dirname(file), source))
            .split(path.sep)
            .join('/'),
        );
        const strange = sources.find((source) => !/^(labs|node_modules)\//.test(source));
        if (strange !== undefined)
          throw new Error(`${file} names ${strange}, which is no file of a lab or of a package`);
        await writeFile(file, JSON.stringify({ ...map, sourceRoot: '../../', sources }));
      }
    });
  },
};

/** The file of a view that its `view.ts` loads. */
const viewFile = /\bwebview[\\/]views[\\/]\w+[\\/]\w+-view\.tsx$/;

/**
 * Keeps what the panel and its views share in one chunk. The views are loaded by themselves, and without this esbuild would
 * make a chunk of every set of modules that some of them share with the panel: a dozen small files to fetch before anything
 * is drawn. No view is there without the panel: that each brings it along is true, and costs nothing.
 */
const viewsBringThePanel = {
  name: 'views-bring-the-panel',
  setup(build) {
    build.onLoad({ filter: viewFile }, async ({ path: file }) => ({
      loader: 'tsx',
      contents: `${await readFile(file, 'utf8')}\nimport '../../app/app.tsx';\n`,
    }));
  },
};

/**
 * dist/webview/panel-modules.json: what its page loads along with the panel's entry, and not after it. The chunks that the
 * entry imports; and the views, which are executed when they are looked at, but must not have to be fetched then: that is
 * when a run begins, and everybody is busy.
 */
const panelModules = {
  name: 'panel-modules',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      if (!metafile) return;
      const found = new Set();
      const follow = (file) => {
        for (const { path: imported, kind } of metafile.outputs[file]?.imports ?? []) {
          if (kind !== 'import-statement' || found.has(imported)) continue;
          found.add(imported);
          follow(imported);
        }
      };
      follow(Object.keys(metafile.outputs).find((file) => path.basename(file) === 'panel.js'));
      for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
        if (!viewFile.test(entryPoint ?? '')) continue;
        found.add(file);
        follow(file);
      }
      const files = [...found].map((file) => path.basename(file)).sort();
      await writeFile(path.join(dist, 'webview/panel-modules.json'), JSON.stringify(files));
    });
  },
};

/**
 * One build for each lab: while watching, only that of the lab that was changed is done again. The engine is in each: a run
 * keeps the code that ran, whole, and a debugger stops in it.
 */
function labBuild(lab) {
  return {
    ...node,
    format: 'esm',
    minify: false, // a learner's stack trace names what is in the file
    sourcemap: 'linked',
    sourcesContent: false,
    entryPoints: { [lab]: `labs/${lab}/lab.ts` },
    outdir: path.join(dist, 'labs'),
    outExtension: { '.js': '.mjs' },
    plugins: [sourcesFromTheRoot],
  };
}

/** Everything but the labs. */
function builds() {
  return [
    {
      ...node,
      format: 'cjs',
      entryPoints: present({ extension: 'extension/main.ts' }),
      outdir: dist,
      outExtension: { '.js': '.cjs' },
    },
    {
      ...node,
      format: 'esm',
      entryPoints: present({
        runner: 'extension/run/runner/runner.ts',
        'run-worker': 'extension/run/runner/run-worker.ts',
        'host-watch': 'extension/run/runner/host-watch.ts',
        'record-worker': 'extension/run/records/record-worker.ts',
        'overview-worker': 'extension/panel/overview-worker.ts',
        // What labs, bundled or copied, import as system-design-labs/engine: in one file, its packages included.
        engine: 'labs/engine/index.ts',
        'benchmark-worker': 'extension/run/benchmark/benchmark-worker.ts',
        cli: 'extension/run/cli/cli.ts',
      }),
      outdir: dist,
      outExtension: { '.js': '.mjs' },
      banner: requireInModules,
    },
    {
      ...common,
      platform: 'browser',
      target: 'chrome128',
      format: 'esm',
      splitting: true,
      jsx: 'automatic',
      jsxImportSource: 'preact',
      entryPoints: present({ panel: 'webview/panel.tsx', 'panel-style': 'webview/panel.css' }),
      entryNames: '[name]',
      chunkNames: 'chunk-[hash]',
      assetNames: '[name]',
      loader: { '.ttf': 'file', '.svg': 'file' },
      outdir: path.join(dist, 'webview'),
      plugins: [viewsBringThePanel, panelModules],
    },
  ].filter(({ entryPoints }) => Object.keys(entryPoints).length > 0);
}

/** dist/catalogue.json and dist/catalogue/: what the host knows of the bundled labs without executing them. */
class Catalogue {
  #labs = [];
  #last = Promise.resolve();

  /** Describes these labs anew; the others stay as they were described last. */
  describe(labs) {
    const described = this.#last.then(async () => {
      const described = await describeLabs(labs, this.#labs);
      this.#labs = described.labs;
      await mkdir(path.join(dist, 'catalogue'), { recursive: true });
      for (const [file, text] of described.files) await writeFile(path.join(dist, file), text);
    });
    this.#last = described.catch(() => {});
    return described;
  }
}

/** What labs declare, found out in a thread of its own, beside what is known of others. */
function describeLabs(ids, known) {
  const workerData = { labs: path.join(root, 'labs'), bundles: path.join(dist, 'labs'), ids, known };
  const thread = new Worker(path.join(root, 'scripts/describe-labs.ts'), { workerData });
  return new Promise((resolve, reject) => thread.once('message', resolve).once('error', reject));
}

/** Leaves what a plan imports of its lab for the copy into whose folder it is put: `../hash.ts` becomes `./hash.ts`. */
const labModulesStayImports = {
  name: 'lab-modules-stay-imports',
  setup: (build) =>
    build.onResolve({ filter: /^\.\.\// }, ({ path: file }) => ({ path: file.slice(1), external: true })),
};

/**
 * dist/benchmarks/<lab>.mjs: the labs with their benchmark plans; dist/benchmarks/plans/<lab>.mjs: the plans alone, for
 * a learner's copy of the lab; dist/peers/: one small bundle for each package that they name;
 * dist/benchmarks/versions.json. Once a build, also while watching.
 */
async function buildBenchmarks() {
  const plans = (await labFolders()).filter((lab) => existsSync(path.join(root, `labs/${lab}/benchmark/plan.ts`)));
  // keepNames would put a call into every closure that a contender makes, and the measurement would time it.
  const measured = { ...node, format: 'esm', minify: false, keepNames: false, sourcemap: false };
  const results = [];
  const bundle = async (options) => results.push(await esbuild.build(options));
  for (const lab of plans) {
    await bundle({
      ...measured,
      stdin: {
        contents: `export { default } from './benchmark/plan.ts'; export { default as lab } from './lab.ts';`,
        resolveDir: path.join(root, 'labs', lab),
        loader: 'ts',
      },
      outfile: path.join(dist, 'benchmarks', `${lab}.mjs`),
    });
  }
  await bundle({
    ...measured,
    entryPoints: Object.fromEntries(plans.map((lab) => [lab, `labs/${lab}/benchmark/plan.ts`])),
    outdir: path.join(dist, 'benchmarks/plans'),
    outExtension: { '.js': '.mjs' },
    external: ['system-design-labs/engine'],
    plugins: [labModulesStayImports],
  });
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const versions = { labs: version, peers: {} };
  for (const lab of plans) {
    const { default: plan } = await import(pathToFileURL(path.join(dist, 'benchmarks', `${lab}.mjs`)).href);
    for (const peer of [...plan.groups, plan.siblings].flatMap(({ peers }) => peers)) {
      if (peer.package in versions.peers) continue;
      const installed = path.join(root, 'node_modules', peer.package, 'package.json');
      versions.peers[peer.package] = JSON.parse(await readFile(installed, 'utf8')).version;
      await bundle({
        ...measured,
        stdin: {
          contents: `import * as module from '${peer.entry ?? peer.package}'; export default module;`,
          resolveDir: root,
        },
        outfile: path.join(dist, 'peers', `${peer.package.replace('/', '__')}.mjs`),
        banner: requireInModules,
      });
    }
  }
  await mkdir(path.join(dist, 'benchmarks'), { recursive: true });
  await writeFile(path.join(dist, 'benchmarks/versions.json'), JSON.stringify(versions));
  return results;
}

async function copyAssets() {
  const codicons = path.join(root, 'node_modules/@vscode/codicons/dist');
  await mkdir(path.join(dist, 'webview'), { recursive: true });
  await cp(path.join(codicons, 'codicon.css'), path.join(dist, 'webview/codicon.css'));
  await cp(path.join(codicons, 'codicon.ttf'), path.join(dist, 'webview/codicon.ttf'));
  // What a learner's copy is checked against: Node's types, from inside the extension.
  for (const types of ['@types/node', 'undici-types']) {
    const target = path.join(dist, 'types', path.basename(types));
    await cp(path.join(root, 'node_modules', types), target, {
      recursive: true,
      filter: (file) => !/\.md$/.test(file),
    });
  }
}

/** Says when the first of the builds starts and the last has finished: what the task in .vscode/ waits for. */
function announceWatch() {
  let underway = 0;
  // A callback of esbuild's must return nothing: what it does not expect fails the build.
  const start = () => {
    if (underway++ === 0) console.log('[watch] build started');
  };
  const finish = () => {
    if (--underway === 0) console.log('[watch] build finished');
  };
  const plugin = {
    name: 'announce',
    setup(build) {
      build.onStart(start);
      build.onEnd(finish);
    },
  };
  return { start, finish, plugin };
}

/** Resolves when a build has been done for the first time; from then on it is done again at every change. */
async function watchBuild(options, ...plugins) {
  await new Promise((resolve, reject) => {
    // What is wrong was printed, and the next change may mend it.
    const done = { name: 'done', setup: (build) => build.onEnd(() => resolve()) };
    const all = [...(options.plugins ?? []), ...plugins, done];
    esbuild
      .context({ ...options, plugins: all })
      .then((context) => context.watch())
      .catch(reject);
  });
}

const catalogue = new Catalogue();
const labs = await labFolders();
if (watch) {
  const announce = announceWatch();
  /** Labs that have been built. */
  const built = new Set();
  const describe = (...labs) => ({
    name: 'describe',
    setup: (build) => build.onEnd(({ errors }) => (errors.length > 0 ? undefined : catalogue.describe(labs))),
  });
  // Another engine may describe every lab otherwise.
  const describeAll = {
    name: 'describe-all',
    setup: (build) => build.onEnd(() => (built.size > 0 ? catalogue.describe([...built]) : undefined)),
  };
  announce.start();
  await copyAssets();
  for (const options of builds()) {
    await watchBuild(options, ...('engine' in options.entryPoints ? [describeAll] : []), announce.plugin);
  }
  for (const lab of labs) {
    await watchBuild(labBuild(lab), describe(lab), announce.plugin);
    built.add(lab);
  }
  announce.finish();
} else {
  await rm(dist, { recursive: true, force: true });
  const results = await Promise.all([...builds(), ...labs.map(labBuild)].map((options) => esbuild.build(options)));
  await copyAssets();
  await catalogue.describe(labs);
  results.push(...(await buildBenchmarks()));
  await writeFile(path.join(dist, 'meta.json'), JSON.stringify(results.map(({ metafile }) => metafile)));
  console.log(
    `built ${results.reduce((sum, { metafile }) => sum + Object.keys(metafile.outputs).length, 0)} files into ${path.relative(root, dist) || '.'}/`,
  );
}
