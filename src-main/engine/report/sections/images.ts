import type { StudyReport } from '../../../contract/report.ts';
import { labelsIn, unknownIn } from '../../../contract/labelRows.ts';
import { ofSeveralLabels, PART_WORDS } from '../headline.ts';
import { html, type Html, type Part } from '../html.ts';
import type { ShownImage } from '../shown.ts';
import { counted, listed, plural, score, share } from '../words.ts';
import { calledFrom } from './labelMethods.ts';
import { table } from './parts.ts';

interface Said {
  image: number | null;
  class: string;
  predicted: string;
  probability: number;
  label?: string | undefined;
}

const WITHOUT = 'Images of patients are left out of this report.';

/** An image with what was said of it, and that again for who does not see it. @param what it is: an image, a map over one */
function card(said: Said, shown: readonly ShownImage[], { what, more }: { what: string; more?: Part }): Html {
  const image = said.image === null ? undefined : shown[said.image];
  const alt = `${what} of ${said.class} that was taken for ${said.predicted}.`;
  const { words, alternative } = said.label === undefined ? { words: ofClass(said), alternative: alt } : ofLabel({ ...said, label: said.label }, what); // prettier-ignore
  return html`<li>${image && html`<img src="${image.src}" width="${image.width}" height="${image.height}" alt="${alternative}">`}
${words}${more}</li>`; // prettier-ignore
}

const ofClass = ({ class: name, predicted, probability }: Said): Html =>
  html`<p><strong>${name}</strong>, judged as <strong>${predicted}</strong> with ${score(probability)}</p>`;

/** Of several labels: the one that the image is shown for, and then all of them. */
function ofLabel({ class: row, predicted, probability, label }: Said & { label: string }, what: string) {
  const [has, called, unknown] = [labelsIn(row), labelsIn(predicted), unknownIn(row)];
  const names = (of: readonly string[]) => (of.length === 0 ? 'none of the labels' : listed(of));
  const all = `Has ${names(has)}; called ${names(called)}${unknown.length > 0 ? `; not known: ${listed(unknown)}` : ''}.`;
  const truth = has.includes(label) ? 'has it' : 'has it not';
  return {
    words: html`<p><strong>${label}</strong>: ${truth}, ${called.includes(label) ? 'called' : 'not called'}, with a probability of ${score(probability)}</p>
<p>${all}</p>`, // prettier-ignore
    alternative: `${what} that ${truth.replace('it', label)}. ${all}`,
  };
}

export function failures({ failures: found, operating, labelPoints }: StudyReport, shown: readonly ShownImage[]): Html {
  if ('missing' in found) return html`<p>${found.missing}</p>`;
  const { on, images, wrong, confusions, worst, labels } = found;
  const how = labels ? ' in a label or more' : operating === null ? '' : ', by the threshold that is kept';
  return html`<p>${counted(wrong)} of ${plural(images, 'image')} (${share(wrong, images)}) of the ${PART_WORDS[on]} are judged wrongly${how}.${labels && ` ${calledFrom(labelPoints)}`}</p>
${labels && table('Errors of each label', ['Label', 'Have it', 'Of them not called', 'Have it not', 'Of them called'], labels.map((each) => [each.label, ...[each.has, each.missed, each.hasNot, each.alarms].map(counted)]))}
${confusions.length > 0 && table('What was taken for what', ['Class', 'Taken for', 'Images'], confusions.map((each) => [each.class, each.predicted, counted(each.images)]))}
${worst.length > 0 && html`<p>The errors that the network was surest of${labels && ', each image once'}. ${worst.every(({ image }) => image === null) && WITHOUT}</p>
<ul class="gallery">${worst.map((said) => card(said, shown, { what: 'An image' }))}</ul>`}`; // prettier-ignore
}

const METHODS: Readonly<Record<string, string>> = {
  'grad-cam': 'Grad-CAM (Selvaraju et al. 2017)',
  'grad-cam++': 'Grad-CAM++ (Chattopadhay et al. 2018)',
  'layer-cam': 'LayerCAM (Jiang et al. 2021)',
};

export function maps(report: StudyReport, shown: readonly ShownImage[]): Html {
  const { saliency } = report;
  if ('missing' in saliency) return html`<p>No maps: ${saliency.missing}</p>`;
  const { method, cut, maps: found } = saliency;
  return html`<p>${METHODS[method] ?? method} at ${cut}: yellow speaks most for the ${ofSeveralLabels(report) ? 'label that is named first beneath it' : 'class that was predicted'}, dark blue least. Beneath each map is whether it is to be trusted: whether it changes when the weights are random, as it should (Adebayo et al. 2018), and whether other seeds give the same.</p>
${found.every(({ image }) => image === null) && html`<p>${WITHOUT}</p>`}
<ul class="gallery">${found.map((said) =>
    card(said, shown, {
      what: 'Map over an image',
      more: said.sentences.map((sentence) => html`<p>${sentence}</p>`),
    }),
  )}</ul>`; // prettier-ignore
}
