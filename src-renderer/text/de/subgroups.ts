import type { Translation } from '../index.ts';
import type en from '../en/subgroups.ts';

export default {
  title: 'Kennzahlen nach Untergruppen',
  lead: 'Ist das Netz für alle gleich gut? Seine Kennzahlen nach Alter, Geschlecht, Gerät oder irgendeiner Spalte einer Tabelle neben den Bildern. Die Werte werden jetzt gelesen und nicht gespeichert.',
  nothing:
    'Mehr ist von diesen Bildern nicht bekannt: Neben ihnen liegt keine Tabelle, und es sind keine DICOM-Dateien. Legen Sie eine CSV-Datei mit einer Spalte der Dateinamen in den Ordner, und prüfen Sie ihn erneut.',
  by: 'Teilen nach',
  column: '{name} ({table})',
  header: '{value} (DICOM-Kopf)',
  values: {
    age: 'Alter in Jahren',
    sex: 'Geschlecht',
    scanner: 'Gerät',
    site: 'Standort, als Nummer',
    'body-part': 'Körperteil',
    view: 'Aufnahmerichtung',
  },
  tag: 'Ein anderes DICOM-Attribut',
  tagName: 'Attribut',
  tagHint: 'Name oder Nummer, etwa StationName oder (0018,1030). Was sagen kann, wer ein Patient ist, wird abgelehnt.',
  bands: 'Grenzen der Bereiche',
  bandsHint: 'Für Spalten mit Zahlen, etwa 40, 65. Leer: Alter bei 18, 40 und 65, andere Zahlen in Dritteln.',
  bandsWrong: 'Zahlen, durch Kommas getrennt.',
  least: 'Kleinste Untergruppe, in Patienten',
  leastHint: 'Von kleineren wird nur die Anzahl genannt.',
  ask: 'Untergruppen zeigen',
  asking: 'Liest, was von den Bildern bekannt ist',
  groups: {
    patient: 'Patienten',
    study: 'Bildgebungsstudien',
    series: 'Serien',
    group: 'Gruppen',
    image: 'Bilder',
  },
  caption: '{by}: {of}',
  captionUnknown: '{by}: {of}; ohne Wert {unknown}',
  without: 'Ohne {label}',
  missing: {
    few: '– zu wenige',
    class: '– eine Klasse fehlt',
  },
  noInterval: '(kein Intervall bei 0 oder 1)',
  basis:
    '{percent}-Intervalle, jedes nur für seine Untergruppe: AUROC nach DeLong und Anteile nach Wilson, wo niemand mehrere Bilder in der Untergruppe hat, sonst aus {resamples} Ziehungen derer, zu denen die Bilder gehören. Von weniger als {least} wird nur die Anzahl genannt.',
  gaps: 'Größte Abstände',
  gap: '{measure}: „{highest}“ gegen „{lowest}“, {difference} ({low} bis {high}).',
  chance:
    'Allein der Zufall ergibt in der Hälfte der Ziehungen {typical}, und in einer von zwanzig {most} oder mehr (p = {p}).',
  chanceUnknown:
    'Was allein der Zufall ergibt, wird nicht gesagt: Einige Patienten haben Bilder mit verschiedenen Werten.',
  beyondChance: 'mehr als Zufall',
  gapsNote:
    'Jedes Paar wurde als das mit dem größten Abstand gewählt, was sein Intervall nicht weiß. Der Zufall wird beurteilt, indem die Werte 1.000-mal unter Patienten derselben Klassen neu verteilt werden; mehrere Kennzahlen sind mehrere Blicke.',
} satisfies Translation<typeof en>;
