import type en from '../en/figures.ts';
import type { Translation } from '../index.ts';

export default {
  per: 'Gezählt',
  each: {
    images: 'Jedes Bild für sich',
    mean: 'Je {group}: Mittel der Bilder',
    max: 'Je {group}: größter Wert der Bilder',
    'noisy-or': 'Je {group}: Noisy-or der Bilder',
  },
  group: { patient: 'Patient', study: 'Untersuchung', series: 'Serie', group: 'Gruppe', image: 'Bild' },
  average: 'Mittel über die Klassen',
  averages: { macro: 'Einfach', weighted: 'Gewichtet nach Häufigkeit der Klassen' },
  weightedOver: 'gewichtet über {n} Klassen',
  imagesBelow: 'Matrix, Kurven und Bilder darunter zählen jedes Bild.',
  mixed:
    'Ausgelassen: {groups} mit Bildern mehrerer Klassen. Nichts sagt, welche davon die eigene ist. | Ausgelassen: {groups} mit Bildern mehrerer Klassen. Nichts sagt, welche davon die eigene ist.',
  allMixed: 'Werte je Gruppe gibt es nicht ({groups}): Alle haben Bilder mehrerer Klassen.',
  combined:
    'Zusammengefasst wird die Wahrscheinlichkeit der positiven Klasse, die andere bekommt den Rest; bei mehreren Klassen die jeder Klasse, geteilt durch ihre Summe.',
  all: 'Alle Werte von „{class}“ gegen die übrigen, und beider Klassen',
  allAverages: 'Alle Werte: Mittel über die Klassen, und aller Klassen',
  perClass: 'Jede Klasse gegen die übrigen',
  columns: {
    figure: 'Kennzahl',
    value: 'Wert',
    interval: '{percent}-Intervall',
    method: 'Durch',
    others: 'Weitere Intervalle',
    of: 'Gezählt',
    scale: 'Skala, ↑ oder ↓ ist besser',
    cases: 'Fälle',
  },
  scale: '{least} bis {most} {better}',
  open: '{least} und mehr {better}',
  better: { higher: '↑', lower: '↓' },
  below: '{percent}-Intervalle. Wie jedes entstand, steht in der Tabelle aller Werte.',
  method: {
    wilson: 'Wilson',
    delong: 'DeLong',
    percentile: 'Bootstrap, Perzentile',
    bca: 'Bootstrap, BCa',
  },
  short: { wilson: 'Wilson', delong: 'DeLong', percentile: 'Perzentile', bca: 'BCa' },
  other: '{method} {interval}',
  left: '{n} Ziehung ausgelassen | {n} Ziehungen ausgelassen',
  noBootstrap: 'Bootstrap: {reason}',
  absent: 'Nicht in den Mitteln, weil es keine gibt: {classes}.',
  of: '{count} von {groups}',
  reasonOf: '„{class}“: {reason}',
  basisAlone:
    'Bootstrap: {resamples} Ziehungen ({groups}); was eine Ziehung nicht bestimmt, weil eine Klasse darin fehlt, ist ausgelassen.',
  basis:
    'Bootstrap: {resamples} Ziehungen ({groups}), jeweils mit allen Bildern; was eine Ziehung nicht bestimmt, weil eine Klasse darin fehlt, ist ausgelassen. DeLong und Wilson nehmen das Gezählte als unabhängig; sie stehen zuerst, wo es das ist.',
  order: {
    title: 'Reihenfolge der Klassen',
    names: '{classes}, nach ihren Namen. Danach richten sich die gewichteten Kappas.',
    person: '{classes}, wie jemand angab. Danach richten sich die gewichteten Kappas.',
    none: 'Die Klassen haben keine Reihenfolge, wie jemand angab: Gewichtete Kappas gibt es nicht.',
    unknown: 'Ihre Namen haben keine bekannte Reihenfolge; gewichtete Kappas gibt es darum nicht.',
    label: 'Von der geringsten an, durch Kommas getrennt',
    save: 'Diese Reihenfolge nehmen',
    unordered: 'Sie haben keine',
    byNames: 'Nach den Namen',
  },
} satisfies Translation<typeof en>;
