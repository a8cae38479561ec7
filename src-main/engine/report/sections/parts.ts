import { html, type Html, type Part } from '../html.ts';

/** A table whose first column names the rows. @param numeric whether the other columns are numbers */
export const table = (
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Part[])[],
  numeric = true,
): Html => html`<div class="table"><table${numeric && html` class="numbers"`}><caption>${caption}</caption>
<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`; // prettier-ignore

/** Facts by name. */
export const facts = (rows: readonly (readonly [name: string, value: Part])[]): Html =>
  html`<dl>
    ${rows.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;

export const code = (text: string): Html => html`<code>${text}</code>`;
