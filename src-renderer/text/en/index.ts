/** The words of the window in English, from which the shape of the other languages follows. */
import abstention from './abstention.ts';
import activity from './activity.ts';
import calibration from './calibration.ts';
import common from './common.ts';
import compare from './compare.ts';
import connection from './connection.ts';
import data from './data.ts';
import decisions from './decisions.ts';
import explain from './explain.ts';
import exporting from './export.ts';
import figures from './figures.ts';
import folders from './folders.ts';
import glossary from './glossary.ts';
import help from './help.ts';
import home from './home.ts';
import jobs from './jobs.ts';
import network from './network.ts';
import precision from './precision.ts';
import predictors from './predictors.ts';
import report from './report.ts';
import results from './results.ts';
import settings from './settings.ts';
import several from './several.ts';
import shell from './shell.ts';
import sources from './sources.ts';
import splits from './splits.ts';
import storage from './storage.ts';
import subgroups from './subgroups.ts';
import tables from './tables.ts';
import threshold from './threshold.ts';
import train from './train.ts';
import transferability from './transferability.ts';
import viewer from './viewer.ts';

export default {
  abstention,
  activity,
  calibration,
  common,
  compare,
  connection,
  data,
  decisions,
  explain,
  export: exporting,
  figures,
  folders,
  glossary,
  help,
  home,
  jobs,
  network,
  precision,
  predictors,
  report,
  results,
  settings,
  several,
  shell,
  sources,
  splits,
  storage,
  subgroups,
  tables,
  threshold,
  train,
  transferability,
  viewer,
};
