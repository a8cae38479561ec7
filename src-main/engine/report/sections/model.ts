import { asLineage } from '../../../contract/origin.ts';
import type { StudyReport } from '../../../contract/report.ts';
import { html, NOT_KNOWN, type Html } from '../html.ts';
import { counted, plural, share } from '../words.ts';
import { openings } from './summary.ts';
import { code, facts, table } from './parts.ts';

/** How small the model is, how fast, and by what it is known. */
export function model({ approach, latency, weights }: StudyReport): Html {
  const { network, source } = approach;
  const { full } = network;
  return html`${table(
    'Size against the whole network',
    ['Of the network', 'This model', 'Whole network', 'Share'],
    [
      ['Parameters', counted(network.parameters), counted(full.parameters), share(network.parameters, full.parameters)],
      ['Multiply-accumulates', counted(network.macs), counted(full.macs), share(network.macs, full.macs)],
    ],
  )}
${speed(latency)}
${facts([
  ['SHA-256 of the weights', 'missing' in weights ? weights.missing : code(weights.sha256)],
  ['Pretrained weights', source ? html`${source.name}, ${source.lineage ? `trained here: ${asLineage(source.lineage)}` : `licence ${source.licence ?? 'not known here'}`}, SHA-256 ${code(source.sha256)}` : 'none: random weights'],
])}`; // prettier-ignore
}

function speed(latency: StudyReport['latency']): Html {
  if (!latency) return html`<p>The time for an image was not measured: an export measures it.</p>`;
  const of = (network: 'exported' | 'full', batch: number) =>
    latency.rows.find((row) => row.network === network && row.batch === batch)?.milliseconds;
  const batches = [...new Set(latency.rows.map(({ batch }) => batch))];
  const time = (value: number | undefined) => (value === undefined ? NOT_KNOWN : `${value.toFixed(1)} ms`);
  return table(
    `Time on ${latency.cpu}, ${plural(latency.threads, 'thread')}, ${latency.runtime}: median of ${latency.runs} runs`,
    ['Images at a time', 'This model', 'Whole network'],
    batches.map((batch) => [counted(batch), time(of('exported', batch)), time(of('full', batch))]),
  );
}

export function environment(report: StudyReport): Html {
  const { producer, environment: found, cohort, approach, subject } = report;
  return facts([
    ['Cutpoint', producer],
    ['Trained by', found.engine ?? 'not known'],
    ['This report was made on', `${found.processor}, ${plural(found.threads, 'thread')}; ${found.platform}, Node ${found.node}`],
    ['Seeds', approach.seeds.join(', ')],
    ['Fingerprint of the data (SHA-256)', code(cohort.fingerprint)],
    ...(cohort.selectionFingerprint === undefined ? [] : [['… with the split, and what was left out, joined and decided about single images', code(cohort.selectionFingerprint)] as const]),
    [subject.kind === 'run' ? 'Run' : 'Comparison', code(subject.id)],
    ['Test set', openings(report)],
  ]); // prettier-ignore
}
