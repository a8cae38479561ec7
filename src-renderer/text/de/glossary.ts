import type en from '../en/glossary.ts';
import type { Translation } from '../index.ts';

export default {
  auroc: {
    term: 'AUROC',
    means:
      'Fläche unter der ROC-Kurve: wie oft das Netz einem zufälligen positiven Bild einen höheren Wert gibt als einem negativen; 0,5 ist Zufall, 1 ist vollkommen.',
  },
  auprc: {
    term: 'AUPRC',
    means:
      'Fläche unter der Precision-Recall-Kurve; Zufall ist der Anteil positiver Bilder, sie sagt daher mehr als die AUROC, wo Positive selten sind.',
  },
  auprcTrapezoidal: {
    term: 'AUPRC (Trapeze)',
    means:
      'Dieselbe Fläche mit geraden Linien zwischen den Punkten, was etwas zu viel ergibt: Dazwischen fällt die Precision schneller. Average Precision nimmt Stufen.',
  },
  sensitivity: { term: 'Sensitivität', means: 'Anteil der positiven Bilder, die positiv genannt werden.' },
  specificity: { term: 'Spezifität', means: 'Anteil der negativen Bilder, die negativ genannt werden.' },
  accuracy: { term: 'Genauigkeit', means: 'Anteil aller Bilder, deren wahrscheinlichste Klasse die wahre ist.' },
  balancedAccuracy: {
    term: 'Ausgewogene Genauigkeit',
    means: 'Mittel über die Klassen des Anteils ihrer Bilder, die erkannt werden.',
  },
  ppv: {
    term: 'PPV',
    means: 'Positiver prädiktiver Wert, auch Precision: was von dem, das positiv genannt wird, es auch ist.',
  },
  npv: { term: 'NPV', means: 'Negativer prädiktiver Wert: was von dem, das negativ genannt wird, es auch ist.' },
  f1: { term: 'F1', means: 'Harmonisches Mittel aus Sensitivität und PPV.' },
  mcc: {
    term: 'Matthews-Korrelation',
    means:
      'Korrelation der wahren und der vorhergesagten Klasse: 1 ist vollkommen, 0 Zufall; seltene Klassen zählen voll.',
  },
  kappa: {
    term: 'Cohens Kappa',
    means: 'Wie weit wahre und vorhergesagte Klasse über den Zufall hinaus übereinstimmen: 1 ist vollkommen, 0 Zufall.',
  },
  kappaLinear: {
    term: 'Kappa, linear gewichtet',
    means: 'Kappa geordneter Klassen: Ein Fehler zählt so viel, wie er Klassen entfernt liegt.',
  },
  kappaQuadratic: {
    term: 'Kappa, quadratisch gewichtet',
    means: 'Kappa geordneter Klassen: Ein Fehler zählt mit dem Quadrat der Klassen, die er entfernt liegt.',
  },
  brier: {
    term: 'Brier-Score',
    means:
      'Mittlerer quadrierter Abstand der Wahrscheinlichkeiten vom Wahren, bei mehreren Klassen deren Summe. Er sagt, ob man ihnen glauben kann.',
  },
  subsetAccuracy: {
    term: 'Subset Accuracy',
    means: 'Bei mehreren Labels je Bild: der Anteil der Bilder, deren bekannte Labels alle richtig benannt sind.',
  },
  f1Micro: {
    term: 'F1 (micro)',
    means:
      'Bei mehreren Labels je Bild: F1 aller bekannten Labels aller Bilder zusammen, sodass häufige Labels am meisten zählen.',
  },
  labelRankingPrecision: {
    term: 'Label Ranking Average Precision',
    means:
      'Bei mehreren Labels je Bild: wie viele der Labels, die so weit oben stehen wie eines, das ein Bild hat, das Bild ebenfalls hat; 1, wenn seine Labels über allen anderen stehen.',
  },
  logLoss: {
    term: 'Log-Loss',
    means:
      'Mittlere Kreuzentropie: wie überrascht die Wahrscheinlichkeiten vom Wahren sind. Ein sicherer Irrtum wiegt schwer.',
  },
  calibration: {
    term: 'Kalibrierung',
    means: 'Wie weit man Wahrscheinlichkeiten glauben kann: Von Bildern mit 0,8 sollten acht von zehn positiv sein.',
  },
  calibrationSlope: {
    term: 'Steigung der Kalibrierung',
    means: 'Unter 1 sind die Wahrscheinlichkeiten zu extrem, über 1 nicht extrem genug; 1 ist richtig.',
  },
  calibrationIntercept: {
    term: 'Achsenabschnitt der Kalibrierung',
    means: 'Unter 0 sind die Wahrscheinlichkeiten im Mittel zu hoch, über 0 zu niedrig; 0 ist richtig.',
  },
  ece: {
    term: 'ECE',
    means:
      'Erwarteter Kalibrierungsfehler: mittlerer Abstand der Wahrscheinlichkeiten vom Beobachteten, Klasse für Klasse ihrer Höhe. Schon der Zufall macht ihn größer als 0.',
  },
  threshold: {
    term: 'Schwellenwert',
    means: 'Die Wahrscheinlichkeit, ab der ein Bild positiv genannt wird; an Validierungsbildern gewählt und behalten.',
  },
  netBenefit: {
    term: 'Nettonutzen',
    means:
      'Richtig positive weniger falsch positive, diese mit den Odds des Schwellenwerts gewichtet, je Bild: ob es mehr nützt, dem Modell zu folgen, als alle oder niemanden zu behandeln.',
  },
  abstention: {
    term: 'Enthaltung',
    means: 'Wo das Modell nicht sicher genug ist, nennt es keine einzelne Klasse, und ein Mensch entscheidet.',
  },
  conformal: {
    term: 'Konforme Vorhersage',
    means:
      'Mengen von Klassen, die die wahre so oft enthalten wie zugesagt, für Bilder wie die, an denen sie angepasst wurden.',
  },
  confidenceInterval: {
    term: 'Intervall',
    means: 'Bereich, der den wahren Wert in 95 von 100 solchen Studien enthielte; je weniger Patienten, desto breiter.',
  },
  cut: {
    term: 'Schnitt',
    means:
      'Die Schicht, nach der das Netz endet; alles dahinter fällt weg, und ein neuer Klassifikator kommt an die Stelle.',
  },
  parameters: { term: 'Parameter', means: 'Zahlen, die gelernt werden; von ihnen hängt die Größe der Datei ab.' },
  macs: {
    term: 'MACs',
    means: 'Multiplikationen mit Addition für ein Bild; von ihnen hängt der größte Teil der Rechenzeit ab.',
  },
  receptiveField: {
    term: 'Rezeptives Feld',
    means: 'Seite des Quadrats von Bildpunkten, das eine Stelle der Schicht sehen kann.',
  },
  latency: { term: 'Latenz', means: 'Zeit für ein Bild auf diesem Rechner, hier gemessen.' },
  probe: {
    term: 'Lineare Sonde',
    means:
      'Ein linearer Klassifikator auf den eingefrorenen Merkmalen an einem Schnitt: schnell, und er zeigt vor jedem Training, wo nützliche Merkmale enden.',
  },
  logme: {
    term: 'LogME',
    means:
      'Wie gut ein lineares Modell die Klassen aus den Merkmalen an einem Schnitt erklären könnte, ohne es zu trainieren. Es soll höher sein, wo Training besser endet; ob das an Ihren Bildern so ist, muss gemessen werden.',
  },
  hScore: {
    term: 'H-Score',
    means:
      'Wie viel der Streuung der Merkmale zwischen den Klassen liegt. Er soll höher sein, wo Training besser endet; ob das an Ihren Bildern so ist, muss gemessen werden.',
  },
  leep: {
    term: 'LEEP',
    means:
      'Wie gut die Klassen, die die Quelle gelernt hat, die Klassen Ihrer Bilder vorhersagen; höchstens 0. N-LEEP nimmt Gruppen ähnlicher Merkmale an die Stelle dieser Klassen.',
  },
  parc: {
    term: 'PARC',
    means:
      'Ob Bilder verschiedener Klassen sich auch in den Merkmalen unterscheiden: eine Rangkorrelation über Bildpaare, von −1 bis 1.',
  },
  rankCorrelation: {
    term: 'Rangkorrelation',
    means:
      'Ob zwei Reihenfolgen derselben Dinge übereinstimmen, von −1 (umgekehrt) über 0 (nichts gemeinsam) bis 1 (gleich). Kendalls τ zählt Paare, Spearmans ρ vergleicht Ränge, das gewichtete τ sieht vor allem auf die besten.',
  },
  svcca: {
    term: 'SVCCA',
    means:
      'Wie viel von dem, was eine Schicht darstellt, in zwei Netzen gleich ist, von 0 bis 1; hier vor und nach dem Training.',
  },
  cka: {
    term: 'CKA',
    means: 'Ein anderes Maß von 0 bis 1, wie ähnlich sich zwei Schichten sind; es sieht alle Richtungen zugleich.',
  },
  transfer: { term: 'Transferlernen', means: 'Von einem Netz ausgehen, das an anderen Bildern gelernt hat.' },
  strategy: {
    term: 'Strategie',
    means: 'Was vom vortrainierten Netz behalten, eingefroren, abgeschnitten oder neu begonnen wird.',
  },
  fineTuning: { term: 'Feinabstimmung', means: 'Das vortrainierte Netz an den eigenen Bildern weitertrainieren.' },
  frozen: { term: 'Eingefroren', means: 'Bleibt, wie es war: Diese Schichten werden nicht trainiert.' },
  epoch: { term: 'Epoche', means: 'Ein Durchgang durch alle Trainingsbilder.' },
  batch: {
    term: 'Stapelgröße',
    means:
      'Bilder, die zusammen betrachtet werden, bevor die Gewichte geändert werden; davon hängt der Speicherbedarf ab.',
  },
  learningRate: { term: 'Lernrate', means: 'Wie weit die Gewichte bei jedem Schritt verändert werden.' },
  earlyStopping: { term: 'Früher Abbruch', means: 'Das Training endet, wenn der Validierungswert nicht mehr steigt.' },
  validation: {
    term: 'Validierung',
    means:
      'Patienten, an denen ausgewählt wird (beste Epoche, bester Schnitt); nicht die, an denen das Ergebnis gemessen wird.',
  },
  test: {
    term: 'Testdaten',
    means: 'Patienten, die keine Auswahl gesehen hat; oft hinzusehen lässt ihre Zahlen besser aussehen, als sie sind.',
  },
  fold: { term: 'Faltung', means: 'Einer von mehreren gleichen Teilen der Patienten; jeder ist einmal der Testteil.' },
  seed: {
    term: 'Startwert',
    means: 'Zahl, aus der alles Zufällige folgt; der gleiche Startwert ergibt den gleichen Lauf.',
  },
  nonInferior: {
    term: 'Nicht unterlegen',
    means: 'Um weniger schlechter als die Referenz als die vorher gewählte Grenze, mit der gewählten Sicherheit.',
  },
  pareto: { term: 'Pareto-Front', means: 'Die Netze, zu denen es kein zugleich kleineres und besseres gibt.' },
  gradCam: {
    term: 'Grad-CAM',
    means: 'Karte der Stellen im Bild, die den Wert einer Klasse erhöhen, aus den Gradienten an der letzten Schicht.',
  },
  letterbox: {
    term: 'Letterbox',
    means: 'Ganz in das Quadrat eingepasst, mit Streifen an den Seiten; nichts wird abgeschnitten.',
  },
  photometric: {
    term: 'Photometrische Interpretation',
    means:
      'Ob niedrige Werte eines DICOM-Bildes dunkel (MONOCHROME2) oder hell (MONOCHROME1) sind, oder was seine Farben sind.',
  },
  window: { term: 'Fenster', means: 'Der Wertebereich, der von Schwarz bis Weiß gespreizt wird.' },
  fingerprint: {
    term: 'Fingerabdruck',
    means:
      'Prüfsumme über alle Bilder, Klassen und Patienten: Zwei Studien mit der gleichen nutzten die gleichen Daten.',
  },
  onnx: { term: 'ONNX', means: 'Ein offenes Dateiformat für Netze, das viele Programme ausführen können.' },
} satisfies Translation<typeof en>;
