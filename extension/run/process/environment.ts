/** What a process that runs a learner's code is told of the machine: no tokens, no settings of the editor. */
import { randomUUID } from 'node:crypto';

/** Where programs and temporary files are found, who one is, and how one writes dates and letters. */
const handedOn =
  /^(PATH|HOME|USER|LOGNAME|SHELL|TMPDIR|TEMP|TMP|TZ|LANG|LC_\w+|LD_LIBRARY_PATH|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT)$/i;

/** Everything that a process starts inherits it; by that it is found, wherever it has hidden from its parent. */
const markName = 'SYSTEM_DESIGN_LABS_RUNNER';

/** The environment of a process that runs a learner's code, with a mark of its own. */
export function runnerEnvironment(): NodeJS.ProcessEnv {
  const known = Object.entries(process.env).filter(([name]) => handedOn.test(name));
  return { ...Object.fromEntries(known), ELECTRON_RUN_AS_NODE: '1', [markName]: randomUUID() };
}

/** The mark in an environment, as it stands there. */
export function markOf(environment: NodeJS.ProcessEnv): string | undefined {
  const mark = environment[markName];
  return mark === undefined ? undefined : `${markName}=${mark}`;
}
