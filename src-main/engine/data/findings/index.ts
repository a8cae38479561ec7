import { namesAlike } from './alike.ts';
import { confounders } from './confounders.ts';
import { duplicates } from './duplicates.ts';
import { folders } from './folders.ts';
import { imbalance } from './imbalance.ts';
import { blankImages, burnedText, invertedImages } from './looks.ts';
import { lostClasses } from './lostClasses.ts';
import { nearDuplicates } from './nearDuplicates.ts';
import { readingNotes } from './notes.ts';
import { people } from './people.ts';
import type { Notice } from './scanned.ts';
import { severalLabels } from './severalLabels.ts';
import { shortcuts } from './shortcuts.ts';
import { uncertainLabels } from './uncertainLabels.ts';

/** What an audit looks for, in the order in which it is told. */
export const NOTICES: readonly Notice[] = [
  ({ labelling }) => labelling.warnings,
  folders,
  severalLabels,
  uncertainLabels,
  ({ groups }) => groups.findings,
  lostClasses,
  namesAlike,
  confounders,
  people,
  shortcuts,
  imbalance,
  duplicates,
  nearDuplicates,
  blankImages,
  invertedImages,
  burnedText,
  readingNotes,
];
