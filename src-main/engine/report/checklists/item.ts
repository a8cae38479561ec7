import type { Checklist, ChecklistItem, StudyReport } from '../../../contract/report.ts';

/** Sections of the report, by the anchors that items point to. */
export type Anchor = 'summary' | 'flow' | 'data' | 'methods' | 'training' | 'results' | 'subgroups' | 'calibration' | 'decisions' | 'failures' | 'maps' | 'comparison' | 'model' | 'environment' | 'findings'; // prettier-ignore

export type Verdict = Pick<ChecklistItem, 'state' | 'text' | 'anchor'>;

/** Filled by the report, in the section of this anchor. */
export const here = (text: string, anchor: Anchor): Verdict => ({ state: 'here', text, anchor });
/** A question to whoever writes. */
export const author = (text: string): Verdict => ({ state: 'author', text, anchor: null });
/** Not applicable, and why. */
export const none = (text: string): Verdict => ({ state: 'none', text, anchor: null });
/** Known not to be so, and why. */
export const no = (text: string): Verdict => ({ state: 'no', text, anchor: null });

export interface Item {
  /** As published. */
  number: string;
  section: string;
  topic: string;
  weight?: number;
  judge: Verdict | ((report: StudyReport) => Verdict);
}

/** A checklist as data: what is asked for, and what a report knows of it. */
export interface ChecklistRows {
  name: string;
  citation: string;
  items: readonly Item[];
}

type Row = readonly [number: string, topic: string, judge: Item['judge']];

export const inSection = (section: string, rows: readonly Row[]): Item[] =>
  rows.map(([number, topic, judge]) => ({ number, section, topic, judge }));

/** A checklist filled with what a report knows. */
export function fill({ name, citation, items }: ChecklistRows, report: StudyReport): Checklist {
  const filled = items.map(({ judge, weight, ...item }): ChecklistItem => {
    const verdict = typeof judge === 'function' ? judge(report) : judge;
    return { ...item, ...verdict, weight: weight ?? null };
  });
  const counts = { here: 0, author: 0, none: 0, no: 0 };
  for (const { state } of filled) counts[state] += 1;
  return { name, citation, items: filled, counts, score: scoreOf(filled) };
}

/**
 * Weights of the items that hold, over those of the items that apply, in percent: from "the author's items do not hold" to
 * "all of them do". Null without weights.
 */
function scoreOf(items: readonly ChecklistItem[]): Checklist['score'] {
  if (items.some(({ weight }) => weight === null)) return null;
  const sum = (states: readonly ChecklistItem['state'][]) =>
    items.filter(({ state }) => states.includes(state)).reduce((total, { weight }) => total + weight!, 0);
  const all = sum(['here', 'author', 'no']);
  if (all === 0) return null;
  return { low: (100 * sum(['here'])) / all, high: (100 * sum(['here', 'author'])) / all };
}
