import { countSentence } from '../../../contract/checklistCounts.ts';
import type { Checklist, ChecklistItem } from '../../../contract/report.ts';
import { html, type Html } from '../html.ts';
import { table } from './parts.ts';

const STATES: Readonly<Record<ChecklistItem['state'], string>> = {
  here: 'filled here',
  author: 'the author must write',
  none: 'not applicable',
  no: 'not met',
};

export const checklists = (lists: readonly Checklist[]): Html => html`${lists.map(checklist)}`;

function checklist(list: Checklist): Html {
  const { name, citation, items, score } = list;
  const titles = ['Item', 'Topic', ...(score ? ['Weight'] : []), 'State', 'What is known, or asked'];
  return html`<h3>${name}</h3>
<p>${countSentence(list)} Source: ${citation}</p>
${table(
  `${name}, topics in our own words`,
  titles,
  items.map(({ number, section, topic, weight, state, text, anchor }) => [
    number,
    html`${topic}<br><small>${section}</small>`,
    ...(score ? [weight!.toFixed(4)] : []),
    html`<span class="state ${state}">${STATES[state]}</span>`,
    anchor ? html`${text} <a href="#${anchor}">See there</a>` : text,
  ]),
  false,
)}`; // prettier-ignore
}
