/**
 * The ESLint rule that holds the borders of the design: which part of the tree may import which.
 *
 * It reckons with paths alone. The known plugins for this resolve the imported file first and let pass what they
 * do not find, `vscode` and Node's modules among it.
 */
import { isBuiltin } from 'node:module';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);

/** The parts of the tree; the first folder that holds a file, or the file itself, names its part. Of the views each folder is one. */
const folders = [
  ['labs/engine', 'engine'],
  ['labs', 'lab'],
  ['extension/run', 'run'],
  ['extension/copy', 'copy'],
  ['extension/labs/algorithms.ts', 'copy'],
  ['extension', 'extension'],
  ['webview/app', 'app'],
  ['webview/ui', 'ui'],
  ['webview', 'webview'],
  ['test', 'test'],
  ['scripts', 'scripts'],
];

/** All that runs in a webview. */
const page = ['webview', 'app', 'ui', 'view'];

const toolkit = '@vscode/webview-ui-toolkit';

/** Who must not import what, and what to do instead. A part may always import from itself. */
const borders = [
  {
    from: ['engine'],
    to: ['lab', 'run', 'copy', 'extension', ...page, 'test', 'scripts'],
    message: 'The engine knows no lab and nothing above it: take what is needed as a parameter.',
  },
  {
    from: ['lab'],
    to: ['engine'],
    message: "A lab knows the engine as 'system-design-labs/engine': that is its name in a learner's copy too.",
  },
  {
    from: ['lab'],
    to: ['run', 'copy', 'extension', ...page, 'test', 'scripts'],
    message: 'A lab knows nothing but the engine.',
  },
  {
    from: ['lab'],
    to: ['another lab'],
    message: 'A lab knows no other lab: what two of them need belongs in the engine.',
  },
  {
    from: ['run'],
    to: ['extension', ...page, 'test', 'scripts'],
    message: 'extension/run/ runs in a terminal too: of the tree it knows labs/engine only.',
  },
  {
    from: ['run'],
    to: ['copy'],
    except: /^extension\/run\/cli\//, // a terminal is told of a copy by its folder, as VS Code finds it by itself
    message:
      'Of copies extension/run/ is told where they are and which algorithms they have: only its cli/ looks for itself.',
  },
  {
    from: ['copy'],
    to: ['run', 'extension', ...page, 'test', 'scripts'],
    message: 'What knows a learner’s copy serves a terminal too: of the tree it knows labs/engine only.',
  },
  {
    from: ['run', 'copy', 'extension'],
    to: ['lab'],
    message: 'The extension finds labs in dist/ and in copies, never by an import.',
  },
  {
    from: ['extension'],
    to: [...page, 'test', 'scripts'],
    message: 'The extension reaches a webview by the messages of labs/engine/protocol.',
  },
  {
    from: page,
    to: ['lab', 'run', 'copy', 'extension', 'test', 'scripts'],
    message: 'A webview knows labs/engine only: what it shows of a run comes in messages.',
  },
  {
    from: page,
    to: ['node'],
    message: 'A webview has none of Node’s modules: ask the host in a message.',
  },
  {
    from: ['webview', 'ui', 'view'],
    to: ['app'],
    except: /^webview\/panel\.tsx$/,
    message: 'webview/app/ puts the panel together: what its parts need too belongs in webview/state/ or webview/ui/.',
  },
  {
    from: ['webview', 'app', 'ui'],
    to: ['view'],
    except: /^webview\/views\/registry\.ts$/,
    message: 'A view is loaded when it is looked at: ask webview/views/registry.ts, which alone knows each of them.',
  },
  {
    from: ['view'],
    to: ['another view'],
    message: 'A view knows no other: what two of them need belongs in webview/ui/ or webview/state/.',
  },
  {
    from: ['engine', 'lab', 'run', 'copy', ...page, 'scripts'],
    to: ['vscode'],
    message: "Only extension/, without extension/run/ and extension/copy/, imports 'vscode'.",
  },
  {
    from: ['engine', 'lab', 'run', 'copy', 'extension', ...page, 'test', 'scripts'],
    to: ['toolkit'],
    except: /^webview\/ui\/toolkit\.ts$/,
    message: `${toolkit} is archived upstream: only webview/ui/toolkit.ts imports it, so that it can be replaced there.`,
  },
];

/** The folder of one view. */
const viewFolder = /^webview\/views\/[^/]+\//;

/** @param {string} file relative to the root */
function partOf(file) {
  if (viewFolder.test(file)) return 'view';
  return folders.find(([folder]) => file === folder || file.startsWith(`${folder}/`))?.[1];
}

/**
 * What a unit test may import wherever it lies: Node's modules, since it runs under Node, also beside a webview's code;
 * and, beside a lab or in its `testing/`, which stays at home as well, the engine's own files, by which whole runs are made.
 */
function isForTests(file, part, target) {
  if (file.endsWith('.test.ts') && target === 'node') return true;
  return part === 'lab' && target === 'engine' && /\.test\.ts$|^labs\/[^/]+\/testing\//.test(file);
}

/** What an import in a file (relative to the root) leads to, in the words of `borders`. */
function targetOf(file, specifier) {
  if (specifier === 'vscode') return 'vscode';
  if (specifier === toolkit || specifier.startsWith(`${toolkit}/`)) return 'toolkit';
  if (isBuiltin(specifier)) return 'node';
  if (!specifier.startsWith('.')) return 'package';
  const target = path.posix.join(path.posix.dirname(file), specifier);
  const part = partOf(target);
  if (part !== partOf(file)) return part;
  if (part === 'view' && viewFolder.exec(target)[0] !== viewFolder.exec(file)[0]) return 'another view';
  const [labs, lab] = file.split('/');
  return part === 'lab' && !target.startsWith(`${labs}/${lab}/`) ? 'another lab' : 'itself';
}

/** @type {import('eslint').Rule.RuleModule} */
const rule = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = path.relative(root, context.filename).split(path.sep).join('/');
    const part = partOf(file);
    const check = (node) => {
      if (typeof node?.value !== 'string') return;
      const target = targetOf(file, node.value);
      if (isForTests(file, part, target)) return;
      const border = borders.find(
        ({ from, to, except }) => from.includes(part) && to.includes(target) && !except?.test(file),
      );
      if (border !== undefined) context.report({ node, message: border.message });
    };
    return {
      ImportDeclaration: ({ source }) => check(source),
      ExportNamedDeclaration: ({ source }) => check(source),
      ExportAllDeclaration: ({ source }) => check(source),
      ImportExpression: ({ source }) => check(source),
      TSImportType: ({ source }) => check(source),
      TSExternalModuleReference: ({ expression }) => check(expression),
      'CallExpression[callee.name="require"]': ({ arguments: [source] }) => check(source),
    };
  },
};

export default rule;
