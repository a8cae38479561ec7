import type { FileProblem } from '../../../contract/data.ts';
import { ACCEPT_ALL, withoutNames } from '../../../contract/findings.ts';
import { groupingOf } from '../../../contract/groups.ts';
import type { StudyReport } from '../../../contract/report.ts';
import type { RunSummary } from '../../../contract/run.ts';
import { learningParts, openTest, selectionFingerprintOf } from '../../cohort/parts.ts';
import { countClasses } from '../../data/classCounts.ts';
import type { Dataset } from '../../data/types.ts';
import type { Workspace } from '../../store/workspace.ts';

type Cohort = StudyReport['cohort'];

/** Why a file was not used, in words that name none. */
const REASONS: Readonly<Record<string, string>> = {
  IMAGE_EMPTY: 'empty files',
  IMAGE_CORRUPT: 'damaged or incomplete files',
  IMAGE_TOO_LARGE: 'images too large to be read',
  IMAGE_WRONG_TYPE: 'files that hold no image',
  IMAGE_UNSUPPORTED: 'images of a kind that is not read',
  FILE_NOT_READABLE: 'files that could not be opened',
  FOLDER_NOT_READABLE: 'folders that could not be opened',
  LABELS_VALUE_MISSING: 'files without a label',
  LABELS_DUPLICATE: 'files with contradicting labels',
  SEVERAL_LABELS: 'files with several labels',
};
const LEFT_OUT = 'files left out by choice or not named in the label table';
/** Of a row of the label table, not of a file. */
const WITHOUT_FILE = 'LABELS_FILE_MISSING';

/** @param tested figures of test images may be seen */
export async function cohortOf(workspace: Workspace, run: RunSummary, tested: boolean): Promise<Cohort> {
  const { dataset, train, validation } = learningParts(workspace.store, run);
  const { report } = dataset;
  const grouping = groupingOf(report);
  const part = (name: Cohort['parts'][number]['part'], from: Dataset, indices: readonly number[]) => ({
    ...{ part: name, grouping: groupingOf(from.report), images: indices.length },
    ...{ groups: groupsOf(from, indices), classes: classesOf(from, indices) },
  });
  const opened = tested ? (await openTest(workspace, run.id, 'report')).images() : null;
  const sealed = run.split?.test ?? { images: 0, groups: 0 };
  const { accept } = run.plan;
  return {
    ...{
      fingerprint: report.fingerprint,
      selectionFingerprint: selectionFingerprintOf(workspace.store, run),
      grouping,
      files: report.files,
      ...excluded(report.problems, report),
    },
    ...{ images: report.images, groups: report.groups },
    classes: report.classes.map(({ examples: _, ...counts }) => counts),
    ...severalIn(run, dataset),
    parts: [
      part('train', dataset, train),
      part('validation', dataset, validation),
      ...(opened
        ? [part('test', opened.dataset, opened.indices)]
        : sealed.images > 0
          ? [{ part: 'test' as const, ...sealed, grouping: run.testGrouping ?? grouping, classes: null }]
          : []),
    ],
    ownTestFolder: run.plan.test !== undefined,
    ...{ formats: report.formats, sizes: report.sizes, grey: report.grey ?? null, dicom: report.dicom ?? null },
    findings: (run.findings ?? []).map((finding) => ({
      ...finding,
      message: withoutNames(finding),
      accepted: finding.grave === true && (accept.includes(finding.code) || accept.includes(ACCEPT_ALL)),
    })),
  };
}

function excluded(
  problems: readonly FileProblem[],
  { files, images }: { files: number; images: number },
): Pick<Cohort, 'excluded' | 'withoutFile'> {
  const byReason = Map.groupBy(problems, ({ code }) => code);
  const withoutFile = byReason.get(WITHOUT_FILE)?.length ?? 0;
  byReason.delete(WITHOUT_FILE);
  const known = [...byReason].map(([code, own]) => ({
    reason: REASONS[code] ?? code.toLowerCase().replaceAll('_', ' '),
    files: own.length,
  }));
  const rest = files - images - known.reduce((sum, each) => sum + each.files, 0);
  return { excluded: rest > 0 ? [...known, { reason: LEFT_OUT, files: rest }] : known, withoutFile };
}

const groupsOf = ({ images }: Dataset, indices: readonly number[]): number =>
  new Set(indices.map((index) => images[index]!.group)).size;

function classesOf({ images, classes, selection }: Dataset, indices: readonly number[]) {
  const own = indices.map((index) => images[index]!);
  const counts = countClasses(own, classes, selection.labels?.multi !== undefined);
  return counts.map(({ examples: _, ...each }) => each);
}

/** How images with several labels were read. */
function severalIn({ plan, classes }: RunSummary, { report }: Dataset): Pick<Cohort, 'several'> {
  const multi = plan.data.labels?.multi;
  if (!multi || !report.several) return {};
  const { uncertain, empty, perLabel = {}, columns } = multi;
  return {
    several: {
      ...report.several,
      policies: columns
        ? classes.map((label) => ({
            label,
            uncertain: perLabel[label]?.uncertain ?? uncertain,
            empty: perLabel[label]?.empty ?? empty ?? 'zeros',
          }))
        : null,
      emptyCellIsNone: !columns && empty === 'zeros',
    },
  };
}
