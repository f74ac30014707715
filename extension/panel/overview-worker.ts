/** Sums up one run, in a thread of its own: what takes a tenth of a second or more must not hold up the extension host. */
import { parentPort, workerData } from 'node:worker_threads';
import { overviewOf } from '../../labs/engine/scene/overview.ts';
import { allocateColumns, columnsOver, copyRows } from '../../labs/engine/trace/columns.ts';
import type { OverviewRows, OverviewTask } from './overview-messages.ts';

const { rows, strings, timed, pixels } = workerData as OverviewTask;
const columns = allocateColumns(rows);

parentPort!.on('message', (part: OverviewRows) => {
  copyRows(columnsOver(part.buffer, part.rows, part.rows), 0, part.rows, columns, columns.length);
  columns.length += part.rows;
  if (columns.length < rows) return;
  parentPort!.postMessage(overviewOf({ length: rows, columns, strings }, timed, pixels));
  parentPort!.close();
});
