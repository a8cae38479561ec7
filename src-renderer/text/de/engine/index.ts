import calibration from './calibration.ts';
import catalogue from './catalogue.ts';
import data from './data.ts';
import decisions from './decisions.ts';
import distances from './distances.ts';
import files from './files.ts';
import folders from './folders.ts';
import images from './images.ts';
import looks from './looks.ts';
import masks from './masks.ts';
import resolutions from './resolutions.ts';
import shortcuts from './shortcuts.ts';
import sourceStudies from './sourceStudies.ts';
import sourceAnalysis from './sourceAnalysis.ts';
import sources from './sources.ts';
import tables from './tables.ts';
import tags from './tags.ts';
import training from './training.ts';
import weights from './weights.ts';
import words from './words.ts';

/** What the engine says, in German. */
export default {
  ...{ ...words, ...data, ...images, ...training, ...files, ...weights, ...catalogue },
  ...{ ...calibration, ...decisions, ...folders, ...tables, ...tags, ...looks, ...resolutions, ...shortcuts },
  ...{ ...distances, ...sourceAnalysis, ...sources, ...sourceStudies, ...masks },
};
