import { createOutput } from './output.ts';
import { exitStatus, isHelp, problemOf } from './problem.ts';
import { createProgram } from './program.ts';
import { keepFilesPrivate } from '../userFiles.ts';

keepFilesPrivate();

// `cutpoint runs | head` closes the pipe: that is the reader's right.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

try {
  await (await createProgram(process.argv.slice(2))).parseAsync();
} catch (thrown) {
  if (!isHelp(thrown)) {
    const problem = problemOf(thrown);
    const defect =
      problem.kind === 'defect' ? String((problem.cause as Error | undefined)?.stack ?? problem.stack) : '';
    createOutput({ json: process.argv.includes('--json') }).error(problem.toReply(), defect);
    process.exitCode = exitStatus(problem);
  }
}
