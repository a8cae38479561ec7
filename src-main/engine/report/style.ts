/** Of the whole page: nothing else styles it, on screen or on paper. */
export const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif; color: #1d2327; background: #fff; margin: 0 auto; max-width: 960px; padding: 32px 24px 64px; }
h1 { font-size: 26px; line-height: 1.25; margin: 0 0 8px; }
h2 { font-size: 20px; margin: 40px 0 12px; padding-bottom: 4px; border-bottom: 2px solid #0b6178; }
h3 { font-size: 16px; margin: 24px 0 8px; }
p { margin: 8px 0; max-width: 80ch; }
a { color: #0b5268; }
code { font: 13px/1.4 ui-monospace, 'Cascadia Mono', Consolas, monospace; overflow-wrap: anywhere; }
small { color: #4b5563; }
.about { color: #4b5563; }
.lead { font-size: 17px; }
.note { border-left: 4px solid #b3480f; background: #fdf3ec; padding: 8px 12px; max-width: 80ch; }
ul.note { padding-left: 28px; }
nav a { display: inline-block; padding: 3px 0; }
nav ol { columns: 3 200px; padding-left: 20px; margin: 16px 0 0; }
dl { margin: 12px 0; display: grid; gap: 4px; }
dl div { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: 12px; }
dt { color: #4b5563; }
dd { margin: 0; }
.table { overflow-x: auto; margin: 16px 0; }
table { border-collapse: collapse; font-size: 13.5px; min-width: 50%; }
caption { text-align: left; font-weight: 600; padding-bottom: 6px; }
th, td { text-align: left; vertical-align: top; padding: 4px 10px; border-bottom: 1px solid #d9dee2; }
thead th { border-bottom: 2px solid #8a969e; }
tbody th { font-weight: 400; }
.numbers th:not(:first-child), .numbers td { text-align: right; font-variant-numeric: tabular-nums; }
.charts { display: flex; flex-wrap: wrap; gap: 16px; }
figure { margin: 12px 0; }
figure svg { max-width: 100%; height: auto; }
figcaption { font-size: 13px; color: #4b5563; max-width: 690px; }
.charts figcaption { max-width: 340px; }
.flow, .flow ol { list-style: none; margin: 0; padding: 0; }
.flow { max-width: 640px; }
.flow > li:not(.split), .split li { border: 1px solid #8a969e; border-radius: 4px; padding: 8px 12px; margin-bottom: 28px; position: relative; background: #fff; }
.flow > li:not(.split):not(.out)::after { content: ''; position: absolute; left: 40px; bottom: -29px; height: 28px; border-left: 2px solid #8a969e; }
.flow > .out { margin-left: 96px; background: #f5f6f7; border-style: dashed; }
.flow > .out::before { content: ''; position: absolute; left: -57px; top: -29px; height: calc(100% + 58px); border-left: 2px solid #8a969e; }
.flow > .out::after { content: ''; position: absolute; left: -57px; top: 50%; width: 56px; border-top: 2px solid #8a969e; }
.flow ul { margin: 4px 0 0; padding-left: 20px; }
.split ol { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px; }
.split li { margin: 0; }
.gallery { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(200px, 1fr)); gap: 16px; }
.gallery img { display: block; max-width: 100%; height: auto; background: #000; }
.gallery p { font-size: 13px; margin: 4px 0; }
.state { white-space: nowrap; }
.here { color: #2f5d10; font-weight: 600; }
.author { color: #8f390b; }
.no { color: #9b1c31; font-weight: 600; }
@media screen { .range { white-space: nowrap; } }
@page { size: A4; margin: 16mm 14mm; }
@media print {
  body { font-size: 10.5pt; max-width: none; padding: 0; }
  h1 { font-size: 18pt; }
  h2 { font-size: 14pt; break-after: avoid; }
  h3, caption, .lead { break-after: avoid; }
  figure, .gallery li, tr, dl div, .flow > li, .note { break-inside: avoid; }
  table { font-size: 9pt; }
  th, td { padding: 4px 6px; }
  thead { display: table-header-group; }
  .table { overflow: visible; }
  .charts { gap: 2%; }
  .charts figure { width: 48%; }
  .gallery { grid-template-columns: repeat(4, 1fr); gap: 8px; }
  section:last-child { break-before: page; }
  a { color: inherit; text-decoration: none; }
}
`;
