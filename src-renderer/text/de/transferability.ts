import type en from '../en/transferability.ts';
import type { Translation } from '../index.ts';

export default {
  estimates: { logMe: 'LogME', hScore: 'H-Score', nLeep: 'N-LEEP', parc: 'PARC', leep: 'LEEP' },
  cuts: '{n} Schnitt | {n} Schnitte',
  sources: '{n} Quelle | {n} Quellen',
  runs: '{n} Lauf | {n} Läufe',
  epochs: '{n} Epoche | {n} Epochen',
  against: {
    fineTuned:
      'Neben dem Training: mittlere Validierungs-AUROC, {runs} ({epochs}), {things}, an diesen Bildern und mit denselben Einstellungen.',
    probe:
      'Neben der AUROC der linearen Sonde. Sie wird an denselben Merkmalen gemessen wie die Schätzungen; Übereinstimmung sagt daher wenig über das Training.',
  },
  unmeasured: {
    cuts: 'Ob solche Schätzungen die Schnitte so ordnen wie das Training, ist nicht bekannt: An diesen Bildern gibt es keine abgeschlossenen Läufe für zwei oder mehr von ihnen, die sich in nichts anderem unterscheiden.',
    sources:
      'Ob solche Schätzungen die Quellen so ordnen wie das Training, ist nicht bekannt: An diesen Bildern gibt es keine abgeschlossenen Läufe von zwei oder mehr von ihnen, die sich in nichts anderem unterscheiden.',
  },
  verdict: {
    noGround:
      'An Ihren eigenen Bildern stimmte die Reihenfolge nach {estimate} ({things}) mit der nach {what} überein mit Kendalls τ {value} ({certainty}): Das ist kein Grund, danach zu wählen.',
    agrees:
      'An Ihren eigenen Bildern stimmte die Reihenfolge nach {estimate} ({things}) mit der nach {what} überein mit Kendalls τ {value} ({certainty}): mehr als durch Zufall, auch nach Holms Korrektur für alle Schätzungen hier. An anderen Bildern kann es anders sein.',
    unknown: '{estimate}: {things}, von denen beides bekannt ist, oder alle gleich: Daraus lässt sich nichts sagen.',
  },
  probed: 'Neben der linearen Sonde hat die Reihenfolge nach {estimate} ({things}) Kendalls τ {value} ({certainty}).',
  what: { fineTuned: 'dem Training', probe: 'der Sonde' },
  interval: '{low} bis {high}; p {p}',
  pAlone: 'p {p}',
  p: { small: '< 0,001', exactly: '= {p}' },
  neighbours:
    'Benachbarte Schnitte gleichen sich: Intervalle und p-Werte nehmen sie für unabhängig und sind zu eng und zu klein.',
  fail: 'An medizinischen Bildern versagen solche Schätzungen bekanntlich (arXiv:2308.07444, arXiv:2412.20172): Für sich sind sie kein Grund zu wählen.',
  table: 'Rangkorrelationen',
  columns: {
    estimate: 'Schätzung',
    kendall: 'Kendalls τ-b',
    weightedKendall: 'Gewichtetes τ',
    spearman: 'Spearmans ρ',
    n: 'n',
    p: 'p',
  },
  drawn: 'p mit ~ ist von zufällig gezogenen Permutationen, alle anderen von allen Reihenfolgen.',
  shown: 'Schätzung der Übertragbarkeit',
  none: 'Keine',
  missing: 'Diese Sonde hat {estimate} nicht gemessen.',
  measure: 'Messen',
  withoutLeep:
    'LEEP braucht die Klassenwahrscheinlichkeiten des eigenen Klassifikators der Quelle: Es gibt ihn für Läufe, die hier mit Softmax trainiert wurden, und nicht für vortrainierte Gewichte, die ohne Klassifikator aufbewahrt werden.',
} satisfies Translation<typeof en>;
