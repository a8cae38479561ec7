import { parentPort, workerData } from 'node:worker_threads';
import { CutpointError } from '../../contract/errors.ts';
import type { ThreadAnswer } from './inThread.ts';
import { columnsOf, type HeadTask, parseTable, type ParsedTable, type TableTask } from './parseTable.ts';

/** The thread in which one table, or the head of one, is read. */
// The parser makes an error of every row of another length, which nobody sees; most of its cost is the stack.
Error.stackTraceLimit = 0;

let answer: ThreadAnswer<ParsedTable | string[] | undefined>;
try {
  const task = workerData as TableTask | HeadTask;
  answer = { value: 'most' in task ? columnsOf(task.path, task.most) : parseTable(task) };
} catch (thrown) {
  answer = { error: CutpointError.from(thrown).toReply() };
}
parentPort!.postMessage(answer);
