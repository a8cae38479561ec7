/**
 * What the name of a class says of its images. Only words count that say it in any study: `normal`, `without`, `positive`;
 * and of diagnoses those that public data sets set against each other, such as `nevus` and `melanoma`.
 */

/** How much a name says was found: from nothing to the worst. */
export const SEVERITY = { healthy: 0, benign: 1, lesser: 1, unsaid: 2, diagnosis: 3, finding: 4 } as const;
export type Said = keyof typeof SEVERITY;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Nothing was found, wherever the word stands in the name. */
const HEALTHY = words(`
  normal normals norm healthy health negative neg control controls ctrl ctl absent absence unremarkable asymptomatic
  intact inactive interictal wildtype wild nilm hc cn nc td tdc nsr survived survivor survivors alive living
  gesund unauffällig negativ kontrolle normale normales normaux sano sana sani sane sain saine negativo negativa negatif
  négatif saudavel saudável gezond frisk zdrowy норма здоровый 正常 阴性 陰性 健康`);

/** Nothing was found, where nothing else is said: clear cell carcinoma is one, and background retinopathy. */
const HEALTHY_ALONE = words(`
  clear clean none nil nothing background bg good ok safe stable free false empty blank n hem mss pmmr wt tc favourable
  favorable 无 無 нет`);

/** Something was found that does no harm. */
const BENIGN = words('benign bengin benigne benigno benigna gutartig 良性');

/** Something that does less harm than its counterpart, where that is known to be a disease. */
const LESSER = words(`
  low mild lgg lsil nevus naevus nevi naevi nv mole moles hyperplastic hyperplasia bkl df vasc cyst cysts`);

/** A finding, by what it is called. */
const DIAGNOSIS = words(`
  melanoma mel bcc scc akiec carcinoma adenocarcinoma cancer cancerous tumor tumour tumors tumours lymphoma sarcoma
  metastasis metastases metastatic met alzheimer alzheimers ad dementia demented covid sars ncp hgg hsil gbm`);

/** A finding, whatever it is. */
const FINDING = words(`
  positive pos positiv positivo positiva positif abnormal anormal anormale abnorm auffällig pathological pathologic
  pathology pathologisch present presence yes true malignant malignancy malign maligne maligno maligna bösartig diseased
  disease diseases sick ill krank malade enfermo enferma malato affected infected unhealthy atypical defective defect
  damaged high severe advanced died dead deceased death mutant mutated mut dmmr bad unfavourable unfavorable invasive
  阳性 陽性 异常 異常 恶性`);

const NEGATION = words(
  `no not non without absence free nor never ohne kein keine keinen sin sans pas senza sem zonder`,
);

/** Everything that is not the one class that is looked for. */
const OTHER = words(
  'other others rest remaining misc miscellaneous unknown sonstige andere otro otros autre autres 其他',
);

/** Words that say of what there is a name, not what it is. */
const FILLER = words(`
  class classes label case cases patient patients image images img imgs picture pictures scan scans slide tissue group type
  finding findings sample samples subject subjects the a of is and`);

/** Numbers behind these words rise with what is found. */
const ORDINAL = words('grade stage level score severity kl birads bi gleason tirads pirads lungrads');

/** Words in which `un`, `no` or `non` denies nothing, or nothing that would be healthy. */
const NOT_DENIED = words(`
  undifferentiated unclassified undetermined unidentified unspecified unlabeled unlabelled uncontrolled untreated
  undiagnosed unresolved unexplained united unused unmatched undefined unassigned unannotated unneeded unusual nonsense nonspecific
  nonsmall nonhodgkin nonunion nonaccidental`);

/** `-` and `+` behind a name, as in `HER2+` and `IDC(-)`. */
const SIGN = /^(.*?)\(?\s*([+−-])\s*\)?$/u;

/** `CT_NonCOVID` → `ct`, `non`, `covid`; a sign at the end is a word, and so is a whole number. */
export function wordsOf(name: string): string[] {
  const [, stem, sign] = SIGN.exec(name.trim()) ?? [];
  const split = (stem ?? name)
    .normalize('NFC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/(\p{L})(\p{N})/gu, '$1 $2')
    .replace(/(\p{N})(\p{L})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
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
  const denials = told.filter((word, at) => NEGATION.has(word) && isDenial(word, told[at + 1], at));
  const rest = told.filter((word) => !denials.includes(word));
  const plain = sayingOf(rest);
  if (denials.length > 1) return undefined;
  if (denials.length === 0) return plain;
  if (plain === undefined) return undefined;
  return plain === 'healthy' || plain === 'benign' ? 'finding' : 'healthy';
}

/** Where two classes differ in a number alone, whether a larger one tells of more. */
export const risesWith = (shared: readonly string[]): boolean => shared.some((word) => ORDINAL.has(word));

/** `no. 3` counts, `free fluid` is a finding, and `non-small cell` and `non-Hodgkin` are names. */
function isDenial(word: string, next: string | undefined, at: number): boolean {
  if (word === 'no') return next === undefined || !/^\d/.test(next);
  if (word === 'free') return next === undefined && at > 0;
  return !(word === 'non' && (next === 'small' || next === 'hodgkin' || next === 'specific'));
}

function sayingOf(told: readonly string[]): Said | 'other' | undefined {
  const [only, ...more] = told;
  if (only === undefined) return 'unsaid';
  if (more.length === 0) {
    if (HEALTHY_ALONE.has(only) || (/^\d+$/.test(only) && Number(only) === 0)) return 'healthy';
    if (OTHER.has(only)) return 'other';
  }
  const has = (set: ReadonlySet<string>) => told.some((word) => set.has(word));
  // `normal tension glaucoma` and `normal pressure hydrocephalus` are diseases.
  const healthy = told.some(
    (word, at) => HEALTHY.has(word) && !/^(tension|pressure|variant)$/.test(told[at + 1] ?? ''),
  );
  if (healthy && (has(FINDING) || has(LESSER) || has(BENIGN))) return 'unsaid';
  if (healthy) return 'healthy';
  if (has(FINDING)) return 'finding';
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
  [HEALTHY, HEALTHY_ALONE, BENIGN, LESSER, DIAGNOSIS, FINDING].some((set) => set.has(word));

/** What people deny without a space: `nofinding`, `nodr`, `notfractured`. */
const DENIABLE =
  /^(findings?|fractured?|pneumonia|lesions?|polyps?|masks?|dr|dme|amd|glaucoma|h(a?)emorrhage|bleed(ing)?|stroke|nodules?|mass(es)?|cracks?|tb|tuberculosis|effusion|pneumothorax|opacity|drusen|cataract|caries|cavity|plaques?|parasites?|events?|response|responders?|relapse|recurrence|damage|injur(y|ed)|swelling|o?edema|anomal(y|ies)|abnormalit(y|ies))$/;
