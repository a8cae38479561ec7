import type { Command } from 'commander';
import { withEngine } from '../session.ts';
import { table } from '../text/table.ts';
import { duration, moment } from '../text/units.ts';
import type { JobRow } from '../../contract/job.ts';

export function addJobs(program: Command): void {
  program.command('jobs').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const jobs = await client.call('job.list', {}, { signal });
      output.result(jobs, () => {
        if (jobs.length === 0) return 'No jobs yet: audits, probes, maps, evaluations, exports and downloads are jobs.';
        return table(
          [
            { title: 'Job' },
            { title: 'Status' },
            { title: 'Asked' },
            { title: 'Took', align: 'right' },
            { title: 'What' },
          ],
          jobs.map((job) => [job.id, job.status, moment(job.createdAt), took(job), job.title]),
        );
      });
    }),
  );
}

/** How long a job that has ended was going on. */
export function took({ startedAt, endedAt }: Pick<JobRow, 'startedAt' | 'endedAt'>): string {
  if (startedAt === null || endedAt === null) return '';
  return duration((Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
}
