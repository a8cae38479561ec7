import type en from '../en/folders.ts';
import type { Translation } from '../index.ts';

export default {
  part: { train: 'Training', validation: 'Validierung', test: 'Test' },
  split: {
    take: 'Als Aufteilung nehmen',
    untake: 'Die Ordner nicht als Aufteilung nehmen',
    part: '{part}: {folders} ({n} Datei) | {part}: {folders} ({n} Dateien)',
    classes: 'Klassen: {names}',
    beside: 'Ungenutzt: {names}',
  },
  inner: 'Die inneren Ordner sind die Klassen: {names}',
  outer: 'Die äußeren Ordner sind die Klassen',
  copy: 'Die Kopie {names} auslassen',
  masks: 'Die Masken auslassen',
  alike: 'Klassen ähnlicher Namen zusammenfassen',
  done: {
    split: 'Die Ordner sind die Teile der Aufteilung.',
    classes: 'Die Klassen werden von diesen Ordnern genommen.',
    folders: '{n} Ordner ist ausgelassen. | {n} Ordner sind ausgelassen.',
    masks: 'Die Masken sind ausgelassen.',
    joined: 'Klassen ähnlicher Namen sind zusammengefasst.',
  },
  unpack: {
    title: 'Ein Archiv',
    lead: 'Cutpoint kann das Archiv in den Arbeitsbereich entpacken, wo die Einstellungen und `cutpoint clean` es wieder entfernen. Das Archiv selbst bleibt, wie es ist.',
    now: 'Entpacken und die Bilder ansehen',
    running: 'Wird entpackt',
    unit: 'MB',
    done: '{n} Datei wurde entpackt. | {n} Dateien wurden entpackt.',
    left: '{n} wurde ausgelassen: `cutpoint unpack` sagt, warum. | {n} wurden ausgelassen: `cutpoint unpack` sagt, warum.',
  },
  frames: {
    title: 'Mehrere Einzelbilder',
    found:
      '{n} Datei enthält mehrere Einzelbilder oder Seiten, insgesamt {frames}. | {n} Dateien enthalten mehrere Einzelbilder oder Seiten, insgesamt {frames}.',
    label: 'Was ein Bild ist',
    middle: 'Eines aus jeder Datei: das mittlere Einzelbild oder die erste Seite',
    each: 'Jedes Einzelbild und jede Seite',
    together: 'Die Einzelbilder einer Datei haben deren Klasse und bleiben auf einer Seite jeder Aufteilung.',
  },
  series: {
    found: '{n} DICOM-Serie mit {images} Bildern. | {n} DICOM-Serien mit {images} Bildern.',
    each: 'Bilder einer Serie: {smallest} bis {largest}, Median {median}.',
    byPosition: 'In jeder folgen die Bilder nach ihrer Lage aufeinander.',
    byNumber: 'In {n} davon folgen die Bilder nach ihrer Lage aufeinander, sonst nach ihrer Nummer.',
  },
  choice: {
    label: 'Ordner, der die Klasse ist',
    first: 'Der erste unter dem Datenordner',
    last: 'Der letzte, in dem das Bild liegt',
  },
} satisfies Translation<typeof en>;
