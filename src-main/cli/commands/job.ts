import type { Command } from 'commander';
import type { JobRow } from '../../contract/job.ts';
import { withEngine } from '../session.ts';
import { facts } from '../text/table.ts';
import { moment } from '../text/units.ts';
import { took } from './jobs.ts';

export function addJob(program: Command): void {
  program
    .command('job')
    .argument('<id>', 'job, as `cutpoint jobs` lists it')
    .option('--wait', 'wait until it has ended')
    .option('--repeat', 'start it again with the same input, and wait until it has ended')
    .addHelpText('after', '\nWith --json: its input, and what it answered where that is kept.')
    .action((id: string, { wait, repeat }: { wait?: boolean; repeat?: boolean }, command: Command) =>
      withEngine(command, async ({ client, output, signal }) => {
        const asked = repeat ? (await client.call('job.again', { id }, { signal })).id : id;
        if (wait || repeat) {
          const onProgress = ({ event }: { event?: unknown }) => output.progress(said(event));
          await client.call('job.watch', { id: asked }, { signal, onProgress });
        }
        const job = await client.call('job.get', { id: asked }, { signal });
        output.result(job, () => describe(job));
      }),
    );
}

function describe(job: JobRow): string {
  return facts([
    ['Job', job.id],
    ['What', job.title],
    ['Status', job.status],
    ['Asked', moment(job.createdAt)],
    ['Took', took(job)],
    ...(job.error ? [['Problem', [job.error.message, job.error.remedy].filter(Boolean).join(' ')] as const] : []),
    ['Answer', job.kept ? 'kept: the same question on unchanged data is answered with it' : 'not kept'],
  ]);
}

/** Progress of any job, in words. */
function said(event: unknown): string {
  const { doing, message, done, total } = event as Partial<Record<'doing' | 'message' | 'done' | 'total', unknown>>;
  if (typeof message === 'string') return message;
  return `${typeof doing === 'string' ? doing : 'done'} ${String(done)} of ${String(total)}`;
}
