/**
 * What the name of a class says of its images. Only words count that say it in any study: `normal`, `without`, `positive`;
 * and of diagnoses those that public data sets set against each other, such as `nevus` and `melanoma`.
 */

/** How much a name says was found: from nothing to the worst. */
export const SEVERITY = { healthy: 0, benign: 1, lesser: 1, unsaid: 2, diagnosis: 3, finding: 4 } as const;
export type Said = keyof typeof SEVERITY;

/** Lower case without accents: they come and go in the names of folders. */
const plainly = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');

const words = (text: string): ReadonlySet<string> => new Set(plainly(text).trim().split(/\s+/));

/** Nothing was found, wherever the word stands in the name. */
const HEALTHY = words(`
  normal normals norm healthy health negative neg control controls ctrl ctl absent absence unremarkable asymptomatic
  intact inactive interictal wildtype wild nilm hc cn nc td tdc nsr survived survivor survivors alive living volunteer
  volunteers eutopic euploid ausente ausencia assente assenza afwezig abwesend
  gesund gesunde gesunder gesunden unauffällig unauffällige unauffaellig unauffaellige negativ negative kontrolle
  kontrollen normalbefund normale normaler normales normaux normali normaal normais sano sana sani sane sanos sanas sain
  saine sains negativo negativa negativos negatif négatif negatief saudavel saudável gezond frisk zdrowy норма здоровый 正常 阴性 陰性 健康`);

/** Nothing was found, where nothing else is said: clear cell carcinoma is one, and background retinopathy. */
const HEALTHY_ALONE = words(`
  clear clean none nil nothing background bg good ok safe stable free false empty blank n mss pmmr favourable
  favorable pass passed 无 無 нет`);

/** Something was found that does no harm. */
const BENIGN = words(
  `benign bengin benin benigne benigno benigna benigni benignos gutartig gutartige goedaardig goedaardige 良性`,
);

/** Something that does less harm than its counterpart, where that is known to be a disease. */
const LESSER = words(`
  low mild lgg lsil nevus naevus nevi naevi nv mole moles hyperplastic hyperplasia bkl df vasc cyst cysts`);

/** A finding, by what it is called. */
const DIAGNOSIS = words(`
  melanoma mel bcc scc akiec carcinoma adenocarcinoma cancer cancerous tumor tumour tumors tumours lymphoma sarcoma
  metastasis metastases metastatic met tumeur tumeurs tumore tumori alzheimer alzheimers ad dementia demented covid sars ncp hgg hsil gbm`);

/** A finding, whatever it is. */
const FINDING = words(`
  vorhanden aanwezig presente présent kranke kranker krankhaft auffaellig boesartig bösartige malin maligni kwaadaardig
  kwaadaardige ziek afwijkend doente doentes enferma malati malata malades ectopic aneuploid fail failed failure
  positive pos positiv positivo positiva positif abnormal anormal anormale abnorm auffällig pathological pathologic
  pathology pathologisch present presence yes true malignant malignancy malign maligne maligno maligna bösartig diseased
  sick ill krank malade enfermo malato affected infected unhealthy atypical defective defect
  damaged died dead deceased death mutant mutated mut dmmr bad unfavourable unfavorable invasive
  阳性 陽性 异常 異常 恶性`);

/** Findings beside what is healthy. Beside a name that says nothing they may be the lesser: Crohn's disease, severe. */
const FINDING_OF_SOME_KIND = words('disease diseases high severe advanced');

/** What these words are beside is worse, though of no name of its own. */
const MIDDLE = words('early initial moderate medium intermediate mid middle');

const NEGATION = words(`
  no not non without absence free nor never ohne kein keine keinen nicht nein sin sans pas aucun aucune senza nessun nessuna
  sem não zonder geen niet nee utan bez`);

/** Everything that is not the one class that is looked for. */
const OTHER = words(
  'other others rest remaining misc miscellaneous unknown sonstige andere otro otros autre autres 其他',
);

/** Words that say of what there is a name, not what it is. */
const FILLER = words(`
  any de des du la le les el di do da van von mit con avec com class classes label case cases patient patients image images img imgs picture pictures scan scans slide tissue group type
  finding findings sample samples subject subjects the a of is and`);

/** Numbers behind these words rise with what is found. */
const ORDINAL = words('grade stage level score severity kl birads bi gleason tirads pirads lungrads');

/** Numbers behind these words count, from 0 on. */
const COUNTED = words(`
  day week month year time timepoint visit session scan slice phase frame camera site center centre scanner device fold batch
  hospital run round cluster view series channel`);

/** High and low of these is how an image was made; Gram stains and blood groups have two sides, and no finding. */
const NO_FINDING = words('quality resolution dose contrast field energy magnification exposure gram rh rhesus');

/** Words in which `un`, `no` or `non` denies nothing, or nothing that would be healthy. */
const NOT_DENIED = words(`
  undifferentiated unclassified undetermined unidentified unspecified unlabeled unlabelled uncontrolled untreated
  undiagnosed unresolved unexplained united unused unmatched undefined unassigned unannotated unneeded unusual unknown
  unlike nonsense nonspecific nonviable nondiagnostic noninformative nonsmall nonhodgkin nonunion nonaccidental`);

/** `-` and `+` behind a name, as in `HER2+` and `IDC(-)`. */
const SIGN = /^(.*?)\(?\s*([+−-])\s*\)?$/u;

/** `CT_NonCOVID` → `ct`, `non`, `covid`; a sign at the end is a word, and so is a whole number. Accents are left out. */
export function wordsOf(name: string): string[] {
  const [, stem, sign] = SIGN.exec(name.trim()) ?? [];
  const split = (stem ?? name)
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .map(plainly)
    .filter((word) => word !== '');
  return sign === undefined ? split : [...split, sign === '+' ? 'positive' : 'negative'];
}

/**
 * What a name says.
 * @param own its words
 * @param counterpart the words of the other class: `noflu` denies `flu`
 * @returns undefined where it says two things that do not go together
 */
export function saidBy(own: readonly string[], counterpart: readonly string[]): Said | 'other' | undefined {
  const said = own.flatMap((word) => withoutPrefix(word, counterpart));
  const told = said.filter((word) => !FILLER.has(word));
  const denials = [...told.keys()].filter((at) => NEGATION.has(told[at]!) && isDenial(told[at]!, told[at + 1], at));
  if (denials.length === 0) return sayingOf(told);
  if (denials.length > 1) return undefined;
  const [before, after] = [told.slice(0, denials[0]), told.slice(denials[0]! + 1)];
  // `tumor_no` denies what stands before it; `benign without callback` is benign.
  const denied = denialOf(sayingOf(after.length > 0 ? after : before));
  const first = after.length > 0 ? sayingOf(before) : 'unsaid';
  if (first === 'unsaid' || first === denied) return denied;
  return denied === 'healthy' && (first === 'benign' || first === 'lesser') ? first : undefined;
}

const denialOf = (said: Said | 'other' | undefined): Said | undefined => {
  if (said === undefined) return undefined;
  return said === 'healthy' || said === 'benign' ? 'finding' : 'healthy';
};

/**
 * Whether a class that says that something was found is the finding beside one of which nothing is known. That may be a
 * finding too: `Crohn's disease` beside `colitis`, `severe` beside `proliferative`.
 */
export function isFindingBeside(own: readonly string[], unsaid: readonly string[]): boolean {
  const isOf = (set: ReadonlySet<string>, word: string) => set.has(word) || FILLER.has(word);
  if (own.every((word) => isOf(FINDING, word) || isOf(DIAGNOSIS, word))) return true;
  const isDegree = own.every((word) => isOf(FINDING_OF_SOME_KIND, word));
  return (isDegree && unsaid.every((word) => isOf(MIDDLE, word))) || unsaid.every((word) => own.includes(word));
}

/** Where two classes differ in a number alone, whether a larger one tells of more. */
export const risesWith = (shared: readonly string[]): boolean => shared.some((word) => ORDINAL.has(word));

/** Whether 0 is the first of many rather than nothing: `day 0`. */
export const isCounted = (shared: readonly string[]): boolean => shared.some((word) => COUNTED.has(word));

/** Whether what two names share says that neither is a finding: `low quality` and `high quality`. */
export const isNoFinding = (shared: readonly string[]): boolean => shared.some((word) => NO_FINDING.has(word));

/** `no. 3` counts, `free fluid` is a finding, and `non-small cell` and `non-Hodgkin` are names. */
function isDenial(word: string, next: string | undefined, at: number): boolean {
  if (word === 'no') return next === undefined || !/^\d/.test(next);
  if (word === 'free') return next === undefined && at > 0;
  return !(word === 'non' && next !== undefined && NOT_DENIED.has(`non${next}`));
}

function sayingOf(all: readonly string[]): Said | 'other' | undefined {
  // `0_tumor` and `1_normal` are numbered.
  const named = all.filter((word) => !/^\d+$/.test(word));
  const told = named.length > 0 ? named : all;
  const [only, ...more] = told;
  if (only === undefined) return 'unsaid';
  if (more.length === 0 && (HEALTHY_ALONE.has(only) || (/^\d+$/.test(only) && Number(only) === 0))) return 'healthy';
  const isLeftOver = (word: string) => OTHER.has(word) || FINDING.has(word) || FINDING_OF_SOME_KIND.has(word);
  if (told.some((word) => OTHER.has(word)) && told.every(isLeftOver)) return 'other';
  const has = (...sets: ReadonlySet<string>[]) => told.some((word) => sets.some((set) => set.has(word)));
  // `normal tension glaucoma` and `normal pressure hydrocephalus` are diseases, and so is `triple negative`.
  const healthy = told.some(
    (word, at) =>
      HEALTHY.has(word) &&
      !/^(tension|pressure|variant)$/.test(told[at + 1] ?? '') &&
      !/^(triple|double|gram|rh)$/.test(told[at - 1] ?? ''),
  );
  if (healthy) return has(FINDING, FINDING_OF_SOME_KIND, LESSER, BENIGN) ? 'unsaid' : 'healthy';
  if (has(FINDING, FINDING_OF_SOME_KIND)) return 'finding';
  if (has(DIAGNOSIS)) return 'diagnosis';
  if (has(BENIGN)) return 'benign';
  return has(LESSER) ? 'lesser' : 'unsaid';
}

/** `notumor` → `no`, `tumor`; `uninfected` → `not`, `infected`; `nodule`, `note` and `unusual` stay whole. */
function withoutPrefix(word: string, counterpart: readonly string[]): string[] {
  if (NOT_DENIED.has(word) || isKnown(word)) return [word];
  const whole = counterpart.join('');
  for (const prefix of ['non', 'not', 'no', 'un']) {
    const stem = word.slice(prefix.length);
    if (!word.startsWith(prefix) || stem.length < 2) continue;
    // What cannot be graded, or resected, is not the better for it.
    if (prefix === 'un' && /[ai]ble$/.test(stem)) continue;
    const denied =
      counterpart.includes(stem) ||
      whole === stem ||
      (stem.length > 2 && isKnown(stem)) ||
      DENIABLE.test(stem) ||
      (prefix === 'non' && stem.length > 3) ||
      (prefix === 'un' && stem.length > 4 && stem.endsWith('ed'));
    if (denied) return ['not', stem];
  }
  return [word];
}

const isKnown = (word: string): boolean =>
  [HEALTHY, HEALTHY_ALONE, BENIGN, LESSER, DIAGNOSIS, FINDING, FINDING_OF_SOME_KIND].some((set) => set.has(word));

/** What people deny without a space: `nofinding`, `nodr`, `notfractured`. */
const DENIABLE =
  /^(findings?|fractured?|pneumonia|lesions?|polyps?|masks?|dr|dme|amd|glaucoma|h(a?)emorrhage|bleed(ing)?|stroke|nodules?|mass(es)?|cracks?|tb|tuberculosis|effusion|pneumothorax|opacity|drusen|cataract|caries|cavity|plaques?|parasites?|events?|response|responders?|relapse|recurrence|damage|injur(y|ed)|swelling|o?edema|anomal(y|ies)|abnormalit(y|ies))$/;
