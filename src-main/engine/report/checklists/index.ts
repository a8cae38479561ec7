import type { Checklist, StudyReport } from '../../../contract/report.ts';
import { CLAIM } from './claim.ts';
import { fill } from './item.ts';
import { METRICS } from './metrics.ts';
import { TRIPOD } from './tripod.ts';

export const checklistsOf = (report: StudyReport): Checklist[] =>
  [CLAIM, TRIPOD, METRICS].map((rows) => fill(rows, report));
