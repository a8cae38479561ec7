import type { Command } from 'commander';
import type { DoctorReport } from '../../contract/system.ts';
import { withEngine } from '../session.ts';
import { facts, paragraphs } from '../text/table.ts';
import { bytes, orNone } from '../text/units.ts';

export function addDoctor(program: Command): void {
  program.command('doctor').action((_options, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const report = await client.call('system.doctor', {}, { signal });
      output.result(report, () => describe(report));
    }),
  );
}

function describe(report: DoctorReport): string {
  const machine = facts([
    ['Cutpoint', report.version],
    ['Node', report.node],
    ['Platform', report.platform],
    ['Cores', String(report.cores)],
    ['Memory', bytes(report.memoryBytes)],
    ['Threads in use', String(report.limits.threads)],
    ['Memory allowed', report.limits.memoryBytes === null ? 'what is available' : bytes(report.limits.memoryBytes)],
    ['Workspace', report.workspace],
    ['Free disk', report.freeDiskBytes === null ? orNone(null) : bytes(report.freeDiskBytes)],
  ]);
  const engines = report.engines.map(({ engine, available, device, version, reason, remedy }) => {
    const title = `${engine}${report.chosen === engine ? ' (used unless another is named)' : ''}`;
    if (available) return `${title}: ready. ${[version, device].filter(Boolean).join(', ')}`.trimEnd();
    return [`${title}: not available. ${reason ?? ''}`.trimEnd(), remedy && `  ${remedy}`].filter(Boolean).join('\n');
  });
  return paragraphs(machine, `Engines\n${engines.join('\n')}`);
}
