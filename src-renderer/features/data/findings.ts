import type { AuditReport } from '../../../src-main/contract/data.ts';
import type { Glance, ImageRow } from '../../../src-main/contract/images.ts';

/** What a finding offers to be done about it; each is a button. */
export type FindingAct =
  | { kind: 'group'; by: 'study' | 'series'; groups: number }
  | { kind: 'table'; path: string; column: string }
  | { kind: 'show'; code: string; images: number }
  | { kind: 'leaveOutImages'; code: string; files: readonly string[] }
  | { kind: 'leaveOutClasses'; names: readonly string[] }
  | { kind: 'leaveOutFolders'; names: readonly string[] }
  | { kind: 'inner'; names: readonly string[] }
  | { kind: 'leaveOutMasks' | 'outer' | 'split' | 'unsplit' | 'joinAlike' }
  | { kind: 'useAgain' }
  | { kind: 'separate'; name: string }
  | { kind: 'matchEnds' }
  | { kind: 'learnEach' }
  | { kind: 'leaveOutSeveral' }
  | { kind: 'together' }
  | { kind: 'apart' }
  | { kind: 'labels' }
  | { kind: 'classes' };

interface Known {
  report: AuditReport;
  rows: readonly ImageRow[];
  /** A table of the folder with a column of patients, where none is used yet. */
  table: { path: string; column: string } | null;
  joined: readonly string[];
}

const ABOUT_LABELS = new Set(['UNLISTED', 'MATCHED_BY_NAME', 'GROUP_COLUMN_TAKEN', 'GROUP_COLUMN_NOT_TAKEN', 'GROUP_LIKE_SITE', 'TOO_MANY_CLASSES', 'LABELS_FILE_MISSING', 'LABELS_DUPLICATE', 'LABELS_MISSING', 'NONE_IS_CLASS', 'MATCHED_BY_END', 'MATCHED_BY_SPELLING', 'FILE_AMBIGUOUS', 'TABLE_NOT_OFFERED', 'GROUP_LESS_THAN_PATIENT', 'EACH_FRAME', 'LABELS_UNCERTAIN', 'LABELS_EMPTY', 'NOTHING_FOUND']); // prettier-ignore
const CONTENT = new Set(['BLANK', 'INVERTED', 'BURNED_TEXT']);
/** Classes below this number of groups cannot be divided into three parts. */
const LEAST_GROUPS = 3;

/** What can be done about a finding, the likeliest first. */
export function actsOn({ code }: { code: string }, { report, rows, table, joined }: Known): FindingAct[] {
  const own = rows.filter(({ findings }) => findings.includes(code));
  const files = own.map(({ file }) => file);
  const show: FindingAct[] = own.length > 0 ? [{ kind: 'show', code, images: own.length }] : [];
  if (code === 'NO_PATIENTS')
    return [
      ...(table ? [{ kind: 'table' as const, ...table }] : []),
      ...(report.groupChoices ?? []).slice(0, 1).map(({ by, groups }) => ({ kind: 'group' as const, by, groups })),
      { kind: 'labels' },
    ];
  // Whose label is right is not known; else one of each set is kept.
  if (/^(NEAR_)?DUPLICATE/.test(code) && own.length > 0) {
    const repeated = own.filter(({ findings }) => findings.includes('REPEATED')).map(({ file }) => file);
    const out = code.endsWith('_LABELS') ? files : repeated;
    const together: FindingAct[] = code.endsWith('_LABELS') ? [] : [{ kind: 'together' }];
    return [...show, { kind: 'leaveOutImages', code, files: out }, ...together];
  }
  if (CONTENT.has(code) && own.length > 0) return [...show, { kind: 'leaveOutImages', code, files }];
  if (code === 'TOO_FEW_GROUPS') {
    const few = report.classes.filter(({ groups }) => groups < LEAST_GROUPS).map(({ name }) => name);
    const left = report.classes.length - few.length;
    return [
      ...(few.length > 0 && left >= 2 ? [{ kind: 'leaveOutClasses' as const, names: few }] : []),
      { kind: 'classes' },
    ];
  }
  if (code === 'SPLIT_FOLDERS')
    return [...(report.layout?.split ? [{ kind: 'split' as const }] : []), { kind: 'labels' }];
  if (code === 'SPLIT_TAKEN') return [{ kind: 'unsplit' }];
  if (code === 'INNER_CLASSES') return [{ kind: 'inner', names: report.layout?.inner ?? [] }, { kind: 'outer' }];
  if (code === 'NESTED_COPY') return [{ kind: 'leaveOutFolders', names: report.layout?.copies ?? [] }];
  if (code === 'MASKS') return [{ kind: 'leaveOutMasks' }];
  if (code === 'CLASS_NAMES_ALIKE') return [{ kind: 'joinAlike' }];
  if (code === 'FOUND_BY_END') return [{ kind: 'matchEnds' }, { kind: 'labels' }];
  if (code === 'SEVERAL_LABELS') return [{ kind: 'learnEach' }, { kind: 'leaveOutSeveral' }, { kind: 'classes' }];
  if (code === 'UNCERTAIN_LABELS') {
    const uncertain = report.classes.filter(({ name }) => Number(name) === -1).map(({ name }) => name);
    // Of a table with several such columns, each label can be learnt on its own, and what is uncertain left out there.
    return [{ kind: 'leaveOutClasses', names: uncertain }, { kind: 'labels' }, { kind: 'classes' }];
  }
  if (code === 'COPIES_TOGETHER') return [{ kind: 'apart' }];
  if (code === 'LEFT_OUT') return [{ kind: 'useAgain' }];
  if (code === 'JOINED') return joined.map((name) => ({ kind: 'separate' as const, name }));
  if (code === 'IMBALANCE' || code === 'LOST_CLASS' || code === 'CLASS_MOSTLY_LOST' || code === 'ONE_CLASS')
    return [{ kind: 'classes' }];
  if (ABOUT_LABELS.has(code)) return [{ kind: 'labels' }];
  if (report.frames && (code === 'FRAMES' || code === 'PAGES')) return [...show, { kind: 'labels' }];
  return show;
}

/** Folders whose names say that they hold masks. */
export function maskFolders(glance: Glance | null): string[] {
  const said = glance?.findings.find(({ code }) => code === 'MASKS')?.message;
  if (!said || !glance) return [];
  return glance.folders.map(({ name }) => name).filter((name) => said.includes(`"${name}"`));
}
