/** A script that stays until it is told to go: for the test of how scripts end. */
import { endWithParent } from '../lifetime.ts';

endWithParent();
console.log(process.pid);
setInterval(() => {}, 1000);
