import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadAnswer } from './inThread.ts';
import type { PatternAnswer, PatternTask } from './pattern.ts';

/** The thread in which a user's regular expression is compiled and runs. */
const { pattern, files } = workerData as PatternTask;
parentPort!.postMessage({ value: answer() } satisfies ThreadAnswer<PatternAnswer>);

function answer(): PatternAnswer {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch (cause) {
    return { wrong: `The file-name pattern is not a regular expression: ${(cause as Error).message.slice(0, 300)}.` };
  }
  // With an empty alternative every text matches, and the match tells how many capture groups there are.
  if (new RegExp(`${pattern}|`).exec('')!.length < 2)
    return { wrong: 'The file-name pattern has no capture group (a part in parentheses), which is to be the patient.' };
  return { captured: files.map((file) => expression.exec(file)?.[1] || undefined) };
}
