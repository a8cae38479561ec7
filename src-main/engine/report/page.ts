import { createHash } from 'node:crypto';
import type { Checklist, StudyReport } from '../../contract/report.ts';
import type { Anchor } from './checklists/item.ts';
import { html, Html } from './html.ts';
import { calibration } from './sections/calibration.ts';
import { checklists as checklistTables } from './sections/checklists.ts';
import { comparison } from './sections/comparison.ts';
import { findings, flow, population } from './sections/flow.ts';
import { failures, maps } from './sections/images.ts';
import { methods } from './sections/methods.ts';
import { decisions } from './sections/decisions.ts';
import { environment, model } from './sections/model.ts';
import { results, training } from './sections/results.ts';
import { subgroups } from './sections/subgroups.ts';
import { summary } from './sections/summary.ts';
import type { ShownImage } from './shown.ts';
import { STYLE } from './style.ts';
import { day } from './words.ts';

/** All that a section may say. */
export interface Told {
  report: StudyReport;
  checklists: readonly Checklist[];
  shown: readonly ShownImage[];
}

interface Section {
  anchor: Anchor | 'checklists';
  title: string;
  /** Null: there is nothing of it. */
  write(told: Told): Html | null;
}

/** In the order in which a reviewer reads. */
const SECTIONS: readonly Section[] = [
  { anchor: 'summary', title: 'Summary', write: ({ report, checklists }) => summary(report, checklists) },
  { anchor: 'flow', title: 'Flow of images', write: ({ report }) => flow(report) },
  { anchor: 'data', title: 'Data in each part', write: ({ report }) => population(report) },
  { anchor: 'findings', title: 'What the audit found in the data', write: ({ report }) => findings(report) },
  { anchor: 'methods', title: 'Methods', write: ({ report }) => methods(report) },
  { anchor: 'comparison', title: 'Comparison', write: ({ report }) => comparison(report) },
  { anchor: 'results', title: 'Results', write: ({ report }) => results(report) },
  { anchor: 'subgroups', title: 'Subgroups', write: ({ report }) => subgroups(report) },
  { anchor: 'calibration', title: 'Calibration', write: ({ report }) => calibration(report) },
  { anchor: 'decisions', title: 'Decisions', write: ({ report }) => decisions(report) },
  { anchor: 'failures', title: 'Errors', write: ({ report, shown }) => failures(report, shown) },
  { anchor: 'maps', title: 'Where the network looks', write: ({ report, shown }) => maps(report, shown) },
  { anchor: 'training', title: 'Training', write: ({ report }) => training(report) },
  { anchor: 'model', title: 'The model', write: ({ report }) => model(report) },
  { anchor: 'environment', title: 'Environment and provenance', write: ({ report }) => environment(report) },
  { anchor: 'checklists', title: 'Checklists', write: ({ checklists }) => checklistTables(checklists) },
];

/** One page that asks nothing of anybody: no scripts, and of styles and images only its own. */
export function page(told: Told): string {
  const { report, shown } = told;
  const { subject, producer, createdAt } = report;
  const written = SECTIONS.flatMap(({ write, ...section }) => {
    const content = write(told);
    return content ? [{ ...section, content }] : [];
  });
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; img-src data:`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Cutpoint ${producer}">
<meta name="cutpoint-subject" content="${subject.id}">
<title>${subject.title}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<h1>${subject.title}</h1>
<p class="about">Report by Cutpoint ${producer}, ${day(createdAt)}. ${
    shown.length > 0
      ? 'Images of patients are in it, without names: it is to be kept as those are. Neither file names nor patient identifiers are.'
      : 'Neither images, file names nor patient identifiers are in it.'
  }</p>
<nav aria-label="Sections"><ol>${written.map(({ anchor, title }) => html`<li><a href="#${anchor}">${title}</a></li>`)}</ol></nav>
</header>
<main>
${written.map(
    ({ anchor, title, content }) => html`<section aria-labelledby="${anchor}">
<h2 id="${anchor}">${title}</h2>
${content}
</section>
`,
  )}</main>
</body>
</html>
`.text; // prettier-ignore
}
