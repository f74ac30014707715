/** Ends a runner that a debugger holds when its host is gone: the host's end of the pipe that is our stdin closes then. */
import { killProcessTree } from '../process/kill-tree.ts';

const runner = Number(process.argv[2]);
process.stdin.on('close', () => void killProcessTree(runner)).resume();
