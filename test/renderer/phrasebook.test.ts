import { resolve } from 'node:path';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { activitySentence } from '../../src-main/contract/activitySentence.ts';
import { catalogue as entries } from '../../src-main/engine/catalogue/entries.ts';
import { summariseTournament } from '../../src-main/engine/comparisons/tournamentResult.ts';
import { numbersIn } from '../../src-renderer/logic/locale.ts';
import calibration from '../../src-renderer/text/de/engine/calibration.ts';
import catalogue from '../../src-renderer/text/de/engine/catalogue.ts';
import data from '../../src-renderer/text/de/engine/data.ts';
import decisions from '../../src-renderer/text/de/engine/decisions.ts';
import distances from '../../src-renderer/text/de/engine/distances.ts';
import files from '../../src-renderer/text/de/engine/files.ts';
import folders from '../../src-renderer/text/de/engine/folders.ts';
import images from '../../src-renderer/text/de/engine/images.ts';
import german from '../../src-renderer/text/de/engine/index.ts';
import looks from '../../src-renderer/text/de/engine/looks.ts';
import masks from '../../src-renderer/text/de/engine/masks.ts';
import resolutions from '../../src-renderer/text/de/engine/resolutions.ts';
import shortcuts from '../../src-renderer/text/de/engine/shortcuts.ts';
import sourceStudies from '../../src-renderer/text/de/engine/sourceStudies.ts';
import sourceAnalysis from '../../src-renderer/text/de/engine/sourceAnalysis.ts';
import sources from '../../src-renderer/text/de/engine/sources.ts';
import tables from '../../src-renderer/text/de/engine/tables.ts';
import tags from '../../src-renderer/text/de/engine/tags.ts';
import training from '../../src-renderer/text/de/engine/training.ts';
import weights from '../../src-renderer/text/de/engine/weights.ts';
import words from '../../src-renderer/text/de/engine/words.ts';
import { phrasebook } from '../../src-renderer/text/phrasebook.ts';
import { drawnPlan, drawnRuns, type DrawnRow } from '../engine/comparisons/drawnTournament.ts';
import { sentencesOf } from '../support/sentences.ts';

const PLACE = /\{[#=]?(\d+)\}/g;
const places = (text: string): string[] => [...new Set([...text.matchAll(PLACE)].map(([, number]) => number!))].sort();

describe('what the engine says in German', () => {
  const entries = Object.keys(german);

  it('has every sentence of its source', () => {
    // A sentence that is put together of parts is a frame, which some entry has to fill; one before it is another.
    const isFilled = (sentence: string): boolean => {
      if (Object.hasOwn(german, sentence)) return true;
      const parts = sentence.split(PLACE).filter((_, at) => at % 2 === 0);
      const frame = new RegExp(`^${parts.map(escaped).join('.*')}$`, 's');
      return entries.some((entry) => frame.test(entry));
    };
    const isSpoken = (sentence: string): boolean =>
      isFilled(sentence) || isFilled(sentence.replace(/^\{1\} (?=\p{Lu})/u, ''));
    const roots = ['src-main', 'src-renderer'].map((name) => resolve(import.meta.dirname, '../..', name));
    const found = roots.flatMap(sentencesOf);
    expect(found.length).toBeGreaterThan(500);
    expect(found.filter(({ text }) => !isSpoken(text))).toEqual([]);
  });

  it('has the same values in both languages, and no entry twice', () => {
    const differing = Object.entries(german).filter(([en, de]) => places(en).join() !== places(de).join());
    expect(differing).toEqual([]);
    const all = [
      words,
      data,
      images,
      training,
      files,
      weights,
      sources,
      catalogue,
      calibration,
      distances,
      decisions,
      folders,
      tables,
      tags,
      looks,
      masks,
      resolutions,
      shortcuts,
      sourceAnalysis,
      sourceStudies,
    ].flatMap((book) => Object.keys(book));
    expect(all.filter((entry, at) => all.indexOf(entry) !== at)).toEqual([]);
  });
});

const escaped = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

describe('the phrasebook', () => {
  beforeAll(() => numbersIn('de'));
  afterAll(() => numbersIn('en'));
  const say = phrasebook(german);

  it('puts names and numbers where they belong, the numbers as in German', () => {
    expect(say('The class "NORMAL" is lost: none of its 1,204 files can be read.')).toBe(
      'Die Klasse „NORMAL“ ist verloren: 1.204 Dateien, davon lesbar: keine.',
    );
    expect(say('2 had no window; they are shown on one scale.')).toBe(
      '2 ohne Fenster; auf einer gemeinsamen Skala gezeigt.',
    );
    expect(say('The map hardly changes when the weights are random (rank correlation 0.91): it shows the image, not what was learnt. Do not trust it.')).toBe(
      'Mit zufälligen Gewichten ändert sich die Karte kaum (Rangkorrelation 0,91): Sie zeigt das Bild, nicht das Gelernte. Vertrauen Sie ihr nicht.',
    ); // prettier-ignore
  });

  it('chooses the form for one and for many', () => {
    const unlisted = (n: number, of: string, is: string) =>
      say(`${n} ${of} of the folder ${is} not in the label file and ${is} not used.`);
    expect(unlisted(1, 'file', 'is')).toBe('1 Datei des Ordners ist nicht in der Tabelle und ist darum ungenutzt.');
    expect(unlisted(3, 'files', 'are')).toBe(
      '3 Dateien des Ordners sind nicht in der Tabelle und sind darum ungenutzt.',
    );
  });

  it('speaks lists, and sentences within sentences', () => {
    const sized = 'the size in pixels with an AUROC of 0.93 (0.90 to 0.95)';
    const predicted = (by: string) =>
      say(
        `Without a look at the whole image, the class is predicted by ${by}, cross-validated by patient; the intervals hold together for all that was tried. Unless what is sought shows there itself, a network can learn that in its place: crop borders, take sites and scanners apart, or test on a site of its own.`,
      );
    const spoken = 'die Größe in Bildpunkten mit einer AUROC von 0,93 (0,90 bis 0,95)';
    expect(predicted(sized)).toContain(`voraus: ${spoken}; kreuzvalidiert nach Patient, und`);
    expect(predicted(`${sized}; the scanner with an AUROC of 1.00 (0.90 to 1.00)`)).toContain(
      `voraus: ${spoken}; das Aufnahmegerät mit einer AUROC von 1,00 (0,90 bis 1,00); kreuzvalidiert`,
    );
    expect(say('As chosen, 3 files are left out: the class "a" and 2 single files.')).toBe(
      'Wie gewählt: 3 Dateien sind ausgelassen, und zwar die Klasse „a“ und 2 einzelne Dateien.',
    );
    expect(say('Nothing says which images are of the same patient. Each image counts on its own: where several are of one patient, results will look better than they are.')).toMatch(/^Nichts sagt, welche Bilder vom selben Patienten sind\. Jedes Bild zählt für sich: /); // prettier-ignore
    expect(say('The classes are very unequal: "a" 12, "b" 3 and 4 more. Look at AUPRC and balanced accuracy, not at accuracy.')).toMatch(/^Die Klassen sind sehr ungleich: „a“ 12, „b“ 3 und 4 weitere\. /); // prettier-ignore
  });

  it('speaks of what was decided, with the reasons as they were given', () => {
    expect(say('As decided, 4 files are left out: 2 duplicates, 1 blank, 1 by hand. Reasons given: "Test shot. Nothing on it".')).toBe(
      'Wie entschieden: 4 Dateien sind ausgelassen, und zwar 2 doppelte, 1 leer, 1 von Hand. Gründe: „Test shot. Nothing on it“.',
    ); // prettier-ignore
    expect(say('As decided, 1 image has another label: "a" → "b" (1).')).toBe(
      'Wie entschieden: 1 Bild hat eine andere Klasse, und zwar „a“ → „b“ (1).',
    );
    expect(say('As decided, 4 patients are counted as 2.')).toBe('Wie entschieden zählen 4 Patienten als 2.');
    expect(say('Kept, but not among the findings: BLANK. Not settled by being kept, since training stops until it is accepted: MASKS.')).toMatch(/^Behalten, aber .* BLANK\. Durch Behalten .* MASKS\.$/); // prettier-ignore
  });

  it('leaves names alone, though they are words that it has', () => {
    expect(say('The class "images" is lost: none of its 2 files can be read.')).toContain('„images“');
    expect(say('The classes are: text, test.')).toBe('Die Klassen sind: text, test.');
    expect(say('The folder /data/1.5 does not exist.')).toBe('Den Ordner /data/1.5 gibt es nicht.');
  });

  it('has nothing for what it does not know whole', () => {
    expect(say('A sentence of another version.')).toBeUndefined();
    expect(say('The file is empty (0 bytes). A sentence of another version.')).toBeUndefined();
    expect(say('The file is damaged or incomplete: its dog ate it.')).toBeUndefined();
  });

  it('speaks every line of the log', () => {
    for (const what of ['run.completed', 'study.created', 'comparison.failed', 'test.opened', 'dataset.moved'])
      for (const name of ['Half', null])
        expect(say(activitySentence({ what, object: 'r1', name })), what).toBeDefined();
  });

  it('speaks of every entry of the catalogue', () => {
    const said = entries.flatMap(({ notes, trainedOn }) => [notes, trainedOn]);
    expect(said.filter((text) => say(text) === undefined)).toEqual([]);
  });

  it('speaks the verdicts of tournaments', async () => {
    const full: DrawnRow = { strategy: 'full', parameters: 2_225_000, skill: 2, source: 'imagenet' };
    const cut: DrawnRow = { ...full, strategy: 'truncated', cut: 'features.10', parameters: 500_000, skill: 1.98 };
    const verdictOf = async (rows: DrawnRow[], patients = 400, margin = 0.03) => {
      const plan = drawnPlan({ margin });
      return (
        await summariseTournament(plan, drawnRuns(rows, { patients, folds: 4 }), {
          classes: ['benign', 'malignant'],
          grouping: 'patient',
        })
      ).verdict;
    };
    const small: DrawnRow = { ...cut, cut: 'features.5', parameters: 100_000, skill: 1.2 };
    expect(say(await verdictOf([full, cut, small]))).toMatch(
      /^Das kleinste Modell, das „Ganz trainiert“ nicht unterlegen ist, ist „Abgeschnitten nach features\.10“: 500\.000 Parameter, 22,5 % von 2,225 M der Referenz; AUROC 0,\d{4} \(95-%-Intervall 0,\d{4} bis 0,\d{4}\), Unterschied [+−]0,\d{4} \(−0,\d{4} bis 0,\d{4}\), wo ein Verlust von 0,03 erlaubt war; gemessen an: 400 Patienten\. 2 Modelle wurden verglichen; es gilt auch nach Holms Korrektur für alle\. Von keiner Klasse ist gezeigt, dass sie seltener gefunden wird; bei „(benign|malignant)“ ist ein Verlust von bis zu \d+,\d Punkten Sensitivität nicht ausgeschlossen\.$/,
    );
    // What got worse is said after it.
    const lost = await verdictOf([full, { ...cut, skill: 1.2 }], 400, 0.3);
    expect(say(lost)).toMatch(/Doch es findet weniger von „malignant“: \d+,\d Punkte weniger Sensitivität \(\d/);
    for (const rows of [
      [full],
      [full, small],
      [{ ...full, failed: [0, 1, 2, 3] }, cut],
      [full, { ...cut, failed: [1] }, small],
    ])
      // prettier-ignore
      for (const patients of [60, 400]) {
        const verdict = await verdictOf(rows, patients);
        expect(say(verdict), verdict).toBeDefined();
      }
  });

  it('speaks of how sure a search is', () => {
    const sentences = [
      'Not worse beyond the noise of the seeds (0.012 a run, 1 degree of freedom): block_2_add, block_5_add.',
      'The smallest of these is block_2_add, with 12.5 % of the parameters of the chosen one.',
      'Its score of 0.739 is that of the best of 12 cuts; corrected for that it is 0.660 (the choice made anew on bootstrap samples of 81 patients, the same cut in 34 % of them).',
    ];
    for (const sentence of sentences) expect(say(sentence), sentence).toBeDefined();
    expect(say(sentences.join(' '))).toContain('der des besten von 12 Schnitten; darum berichtigt ist er 0,660');
  });

  it('speaks the reasons of searches', () => {
    const reasons = [
      'Validation AUPRC is best with freeing 3 blocks behind block_12_add, 0.850 ± 0.000 (3 seeds); freeing more brought at most 0.500 ± 0.000 (3 seeds).',
      'block_10_BN has the best validation AUPRC, 0.736 ± 0.012 (3 seeds), of 1 cut trained under as many seeds, out of 15 tried in short runs and 19 probed, with about 19 % of the computing of the two-stage search.',
      'block_8_add has the best validation AUPRC, 0.930 ± 0.010 (3 seeds), of 9 block cuts and 5 layer cuts next to block_9_add; block_9_add follows with 0.900 ± 0.010 (3 seeds).',
      'Feature reuse ends at b1: SVCCA before against after is 0.812 there, 0.401 between random features, and overlaps with them by 0.02; 93 % of the half-samples choose the same cut. Truncated there, validation AUPRC is 0.9 (1 seed), against 0.910 ± 0.010 (3 seeds) of the whole network fully fine-tuned.',
    ];
    for (const reason of reasons) expect(say(reason), reason).toBeDefined();
    expect(say(reasons[1]!)).toContain('0,736 ± 0,012 (3 Startwerte)');
  });
});
