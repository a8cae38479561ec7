import type en from '../en/predictors.ts';
import type { Translation } from '../index.ts';

/** Was die Klasse ohne einen Blick auf das ganze Bild voraussagt. */
export default {
  title: 'Was die Klasse ohne das Bild voraussagt',
  by: 'Vorausgesagt durch',
  interval: 'Intervall',
  range: '{low} bis {high}',
  warning: 'Warnung',
  how: 'Kreuzvalidiert nach {by} an {n} Bild; 95-%-Intervalle, die gemeinsam gelten. | Kreuzvalidiert nach {by} an {n} Bildern; 95-%-Intervalle, die gemeinsam gelten.',
  some: '{n} von {all} Klassen sind groß genug.',
  below: 'Unter 0,5 gilt, was bei den einen gilt, bei den anderen nicht.',
  few: 'Nicht beurteilt: Weniger als zwei Klassen haben {images} Bilder von {many}.',
  fewImages: 'Nicht beurteilt: Weniger als zwei Klassen haben {images} Bilder.',
  same: 'Nichts, was von den Dateien bekannt ist, unterscheidet sich.',
} satisfies Translation<typeof en>;
