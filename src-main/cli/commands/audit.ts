import type { Command } from 'commander';
import type { AuditReport } from '../../contract/data.ts';
import { addLabelOptions, dataSelection, type LabelOptions } from '../options/data.ts';
import { tellObstacle, tellPartial } from '../problem.ts';
import { showCount } from '../progress.ts';
import { withEngine } from '../session.ts';
import { positiveFact } from '../text/positive.ts';
import { facts, paragraphs, table } from '../text/table.ts';
import { short, whole } from '../text/units.ts';

const GROUPED_BY = {
  csv: 'patients from the CSV',
  pattern: 'patients from the file names',
  dicom: 'patients from DICOM PatientID',
  none: 'no patients known: every image counts as one',
} as const;

export function addAudit(program: Command): void {
  const command = program
    .command('audit')
    .description('what is in a folder: images, classes, patients, and every file that cannot be used, with the reason')
    .argument('<data>', 'folder of images');
  addLabelOptions(command).action((folder: string, options: LabelOptions, command: Command) =>
    withEngine(command, async ({ client, output, signal }) => {
      const onProgress = showCount(output, 'reading', 'files');
      const report = await client.call('data.audit', dataSelection(folder, options), { signal, onProgress });
      if (report.obstacles.length > 0) tellObstacle();
      else tellPartial(report.problems);
      output.result(report, () => describe(report));
    }),
  );
}

function describe(report: AuditReport): string {
  const { sizes } = report;
  const pixels = ([width, height]: readonly [number, number]) => `${width}×${height}`;
  return paragraphs(
    facts([
      ['Folder', report.folder],
      ['Images', `${whole(report.images)} usable of ${whole(report.files)} files`],
      ['Patients', `${whole(report.groups)} (${GROUPED_BY[report.groupSource]})`],
      ...positiveFact(report.classes.map(({ name }) => name).sort(), undefined),
      ['Formats', report.formats.map(({ format, images }) => `${format} ${whole(images)}`).join(', ')],
      ['Sizes', sizes ? `${pixels(sizes.smallest)} to ${pixels(sizes.largest)}, median ${pixels(sizes.median)}` : ''],
      ['Fingerprint', short(report.fingerprint)],
    ]),
    table(
      [{ title: 'Class' }, { title: 'Images', align: 'right' }, { title: 'Patients', align: 'right' }],
      report.classes.map(({ name, images, groups }) => [name, whole(images), whole(groups)]),
    ),
    section(`Left out: ${whole(report.problems.length)} of ${whole(report.files)} files`, report.problems),
    section('Worth knowing', report.warnings),
    section('Training cannot start', report.obstacles),
  );
}

interface Remark {
  code: string;
  message: string;
  file?: string;
  remedy?: string;
}

function section(title: string, remarks: readonly Remark[]): string {
  if (remarks.length === 0) return '';
  const lines = remarks.map(
    ({ file, code, message, remedy }) =>
      `  ${file ? `${file}: ` : ''}${message} [${code}]${remedy ? ` ${remedy}` : ''}`,
  );
  return [title, ...lines].join('\n');
}
