import type { Phrases } from '../../phrasebook.ts';

/** What is said of decisions about single images. */
export default {
  'As decided, {#1} {=2} left out: {3}.': 'Wie entschieden: {1} {2} ausgelassen, und zwar {3}.',
  '{#1} duplicate': '{1} doppeltes',
  '{#1} duplicates': '{1} doppelte',
  '{#1} near-duplicate': '{1} fast doppeltes',
  '{#1} near-duplicates': '{1} fast doppelte',
  '{#1} blank': '{1} leer',
  '{#1} inverted': '{1} als Negativ',
  '{#1} with text at the border': '{1} mit Text am Rand',
  '{#1} by hand': '{1} von Hand',
  'image has': 'Bild hat',
  'images have': 'Bilder haben',
  'As decided, {#1} {=2} another label: {3}.': 'Wie entschieden: {1} {2} eine andere Klasse, und zwar {3}.',
  '"{1}" → "{2}" ({#3})': '„{1}“ → „{2}“ ({3})',
  'As decided, {=1} are counted as {#2}.': 'Wie entschieden zählen {1} als {2}.',
  '{=1} Reasons given: "{2}".': '{1} Gründe: „{2}“.',
  'After what was decided, no image is left of: {1}.':
    'Nach dem, was entschieden wurde, ist kein Bild mehr da von: {1}.',
  'Decided about, but not among the labelled files any more: {1}.':
    'Entschieden wurde über Dateien, die nicht mehr unter denen mit einer Klasse sind: {1}.',
  'Not given another label, since no class has that name: {1}.':
    'Keine andere Klasse erhalten, weil keine so heißt: {1}.',
  'Kept, but not among the findings: {1}.': 'Behalten, aber nicht unter den Befunden: {1}.',
  'Not settled by being kept, since training stops until it is accepted: {1}.':
    'Durch Behalten nicht erledigt, denn das Training beginnt erst, wenn es bestätigt ist: {1}.',
  'Some decisions about images do not fit the data any more.':
    'Einige Entscheidungen über Bilder passen nicht mehr zu den Daten.',
} satisfies Phrases;
