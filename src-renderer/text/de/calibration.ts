import type { Translation } from '../index.ts';
import type en from '../en/calibration.ts';

export default {
  measuring: 'Kalibrierung wird gemessen…',
  choice: {
    title: 'Wahrscheinlichkeiten des Modells',
    lead: 'Angepasst an {cohort} der Validierung, und beim Modell behalten: Vorhersagen, Ausprobieren und Exporte jedes Formats geben die Wahrscheinlichkeiten der Wahl. Gespeicherte Vorhersagen und die Kennzahlen der anderen Reiter bleiben die des Netzes selbst.',
    none: { title: 'Wie das Netz sie gibt', means: 'Nichts wird verändert.' },
    temperature: {
      title: 'Temperaturskalierung',
      means: 'Eine Zahl für alle Klassen: weniger sicher, oder mehr; die wahrscheinlichste Klasse bleibt.',
      fitted: 'Temperatur {temperature}',
    },
    platt: {
      title: 'Platt-Skalierung',
      means:
        'Für zwei Klassen: verschiebt auch alle Wahrscheinlichkeiten, sodass Entscheidungen bei 0,5 andere sein können.',
      fitted: 'Logit × {slope} {sign} {intercept}',
    },
    kept: 'behalten',
  },
  optimistic:
    'Eine Skalierung wird an diesen Bildern angepasst: Was sie hier gewinnt, ist mehr als bei neuen. Die faire Messung sind die Testbilder.',
  few: 'Weniger als {n} Bilder sind von „{class}“ oder vom Rest: Eine glatte Kurve von so wenigen ist unsicher (Van Calster u. a. 2016 verlangen je 200).',
  chart: {
    title: 'Verlässlichkeit: {method}',
    of: 'Wahrscheinlichkeit von',
    x: 'Vorhergesagte Wahrscheinlichkeit von „{class}“',
    y: 'Beobachteter Anteil',
    images: 'Bilder',
    right: 'Richtige Wahrscheinlichkeiten',
    smooth: 'Glatte Kurve',
    band: 'Band der Kurve',
    bins: 'Gleich große Gruppen von Bildern',
    described: 'Beobachteter Anteil von „{class}“ nach der vorhergesagten Wahrscheinlichkeit. {bins}',
    bin: '{count} Bilder bei {mean} im Mittel: {observed} beobachtet.',
    noBins: 'Für Gruppen gibt es zu wenige Bilder.',
    from: 'Von',
    to: 'Bis',
    mean: 'Mittel',
    low: 'Unten',
    high: 'Oben',
  },
  table: {
    title: 'Wie gut kalibriert',
    figure: 'Kennzahl',
    ideal: 'Richtig',
    slope: 'Steigung',
    intercept: 'Achsenabschnitt',
    ratio: 'O:E',
    ece: 'ECE',
    debiased: 'Fehler ohne Verzerrung',
    brier: 'Brier-Score',
    brierAll: 'Brier-Score aller Klassen',
    logLoss: 'Log-Verlust',
    topLabel: 'ECE der wahrscheinlichsten Klasse',
    miscalibration: 'davon Fehlkalibrierung',
    low: 'klein',
    byChance: 'durch Zufall {mean}, höchstens {high}',
    withInterval: '{value} ({low} bis {high})',
  },
  meaning:
    'Steigung: unter 1 sind Wahrscheinlichkeiten zu extrem. Achsenabschnitt: unter 0 im Mittel zu hoch; O:E ist beobachtet durch erwartet. ECE ist der mittlere Abstand der Gruppen von der Diagonalen, und nach oben verzerrt: Durch Zufall allein zeigen richtige Wahrscheinlichkeiten, was daneben steht. Der Fehler ohne Verzerrung ist das quadratische Mittel dieses Abstands (Kumar u. a. 2019).',
  basis: '{percent}-Intervalle und -Bänder durch {resamples} Ziehungen der {groups}; die der Gruppen nach Wilson.',
  zeros:
    '{n} Bild hat eine Wahrscheinlichkeit von genau 0, die in Logarithmen als 2⁻¹⁴⁹ zählt. | {n} Bilder haben eine Wahrscheinlichkeit von genau 0, die in Logarithmen als 2⁻¹⁴⁹ zählt.',
} satisfies Translation<typeof en>;
