import { parentPort, workerData } from 'node:worker_threads';
import { CutpointError } from '../../contract/errors.ts';
import type { ThreadAnswer } from './inThread.ts';
import { areOffered, columnsOf, firstRows, type HeadTask, isWorkbook, parseTable, type ParsedTable, type TableTask } from './parseTable.ts'; // prettier-ignore
import { firstWorkbookRows, parseWorkbook } from './workbook.ts';

/** The thread in which one table, or the head of one, is read. */
// The parser makes an error of every row of another length, which nobody sees; most of its cost is the stack.
Error.stackTraceLimit = 0;

type Answer = ParsedTable | string[] | string[][] | undefined;

async function answerTo(task: TableTask | HeadTask): Promise<Answer> {
  const { path } = task;
  if ('wanted' in task) return isWorkbook(path) ? parseWorkbook(task) : parseTable(task);
  if ('rows' in task) return isWorkbook(path) ? (await firstWorkbookRows(path, task.rows)).slice(1) : firstRows(path, task.rows); // prettier-ignore
  if (!isWorkbook(path)) return columnsOf(path, task.most);
  const [columns = []] = await firstWorkbookRows(path, 0).catch(() => []);
  return areOffered(columns, task.most) ? columns : undefined;
}

let answer: ThreadAnswer<Answer>;
try {
  answer = { value: await answerTo(workerData as TableTask | HeadTask) };
} catch (thrown) {
  answer = { error: CutpointError.from(thrown).toReply() };
}
parentPort!.postMessage(answer);
