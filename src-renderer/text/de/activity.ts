import type en from '../en/activity.ts';
import type { Translation } from '../index.ts';

export default {
  title: 'Verlauf',
  lead: 'Was in diesem Arbeitsbereich getan wurde, das Neueste zuerst. Es bleibt, und niemand kann es nachträglich ändern.',
  none: 'Es wurde noch nichts getan.',
  older: 'Älteres',
  purposes: {
    figures: 'Für die Werte.',
    report: 'Für einen Bericht.',
    card: 'Für die Model Card eines Exports.',
    source: 'Für die Quelle, die darauf vortrainiert wurde.',
    again: 'Nach dem Test fortgesetzt und noch einmal getestet.',
  },
  reason: 'Grund: {reason}',
  columns: { at: 'Wann', what: 'Was', study: 'Studie' },
} satisfies Translation<typeof en>;
