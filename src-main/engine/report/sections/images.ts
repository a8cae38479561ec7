import type { StudyReport } from '../../../contract/report.ts';
import { PART_WORDS } from '../headline.ts';
import { html, type Html, type Part } from '../html.ts';
import type { ShownImage } from '../shown.ts';
import { counted, plural, score, share } from '../words.ts';
import { table } from './parts.ts';

interface Said {
  image: number | null;
  class: string;
  predicted: string;
  probability: number;
}

const WITHOUT = 'Images of patients are left out of this report.';

/** An image with what was said of it. @param alt of an image that no reader of it should need to see */
function card(said: Said, shown: readonly ShownImage[], { alt, more }: { alt: string; more?: Part }): Html {
  const image = said.image === null ? undefined : shown[said.image];
  return html`<li>${image && html`<img src="${image.src}" width="${image.width}" height="${image.height}" alt="${alt}">`}
<p><strong>${said.class}</strong>, judged as <strong>${said.predicted}</strong> with ${score(said.probability)}</p>${more}</li>`; // prettier-ignore
}

export function failures({ failures: found, operating }: StudyReport, shown: readonly ShownImage[]): Html {
  if ('missing' in found) return html`<p>${found.missing}</p>`;
  const { on, images, wrong, confusions, worst } = found;
  return html`<p>${counted(wrong)} of ${plural(images, 'image')} (${share(wrong, images)}) of the ${PART_WORDS[on]} are judged wrongly${operating !== null && ', by the threshold that is kept'}.</p>
${confusions.length > 0 && table('What was taken for what', ['Class', 'Taken for', 'Images'], confusions.map((each) => [each.class, each.predicted, counted(each.images)]))}
${worst.length > 0 && html`<p>The errors that the network was surest of. ${worst.every(({ image }) => image === null) && WITHOUT}</p>
<ul class="gallery">${worst.map((said) => card(said, shown, { alt: `An image of ${said.class} that was taken for ${said.predicted}.` }))}</ul>`}`; // prettier-ignore
}

const METHODS: Readonly<Record<string, string>> = {
  'grad-cam': 'Grad-CAM (Selvaraju et al. 2017)',
  'grad-cam++': 'Grad-CAM++ (Chattopadhay et al. 2018)',
  'layer-cam': 'LayerCAM (Jiang et al. 2021)',
};

export function maps({ saliency }: StudyReport, shown: readonly ShownImage[]): Html {
  if ('missing' in saliency) return html`<p>No maps: ${saliency.missing}</p>`;
  const { method, cut, maps: found } = saliency;
  return html`<p>${METHODS[method] ?? method} at ${cut}: yellow speaks most for the class that was predicted, dark blue least. Beneath each map is whether it is to be trusted: whether it changes when the weights are random, as it should (Adebayo et al. 2018), and whether other seeds give the same.</p>
${found.every(({ image }) => image === null) && html`<p>${WITHOUT}</p>`}
<ul class="gallery">${found.map((said) =>
    card(said, shown, {
      alt: `Map over an image of ${said.class} that was taken for ${said.predicted}.`,
      more: said.sentences.map((sentence) => html`<p>${sentence}</p>`),
    }),
  )}</ul>`; // prettier-ignore
}
