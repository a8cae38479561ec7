import type en from '../en/connection.ts';
import type { Translation } from '../index.ts';

export default {
  again: 'Erneut verbinden',
  notStarted: 'Der Rechenkern konnte nicht gestartet werden.',
  notStartedRemedy: 'Schließen Sie Cutpoint und starten Sie es neu. Nichts Gespeichertes wurde verändert.',
  restarting: 'Der Rechenkern wird neu gestartet …',
  interrupted:
    'Der Rechenkern läuft wieder. Ein Lauf wurde nach {n} fertigen Epoche unterbrochen, die erhalten ist. | Der Rechenkern läuft wieder. Ein Lauf wurde nach {n} fertigen Epochen unterbrochen, die erhalten sind.',
  resume: 'Lauf fortsetzen',
  noneLost: 'Der Rechenkern läuft wieder. Kein Lauf ging verloren.',
} satisfies Translation<typeof en>;
