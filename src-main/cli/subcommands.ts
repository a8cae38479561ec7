import type { Command } from 'commander';
import type { ComparisonKind } from '../contract/comparison/index.ts';

/** A subcommand as the list of them shows it, and where the rest of it is: its options and what it does. */
export interface Subcommand {
  /** Its name, with its arguments: `run <id>`. */
  term: string;
  description: string;
  options?: true;
  /** What it computes is kept, and computed anew with `--again`. */
  kept?: true;
  load(): Promise<(program: Command) => void>;
}

/** In the order in which a comparison needs them. */
export const SUBCOMMANDS: readonly Subcommand[] = [
  {
    term: 'doctor',
    description: 'which engines work on this machine, why others do not, and what to do about it',
    load: async () => (await import('./commands/doctor.ts')).addDoctor,
  },
  {
    term: 'sample <dir>',
    description: 'write the synthetic sample data: DICOM and PNG files of several invented patients',
    load: async () => (await import('./commands/sample.ts')).addSample,
  },
  {
    term: 'glance <data>',
    description: 'what is in a folder by its names alone: folders, tables, and what should be asked before it is used',
    load: async () => (await import('./commands/glance.ts')).addGlance,
  },
  {
    term: 'unpack <zip>',
    description: 'unpack a zip archive of images into the workspace, once, and say which folder came out of it',
    load: async () => (await import('./commands/unpack.ts')).addUnpack,
  },
  {
    term: 'audit <data>',
    description: 'what is in a folder: images, classes, patients, and every file that cannot be used, with the reason',
    options: true,
    kept: true,
    load: async () => (await import('./commands/audit.ts')).addAudit,
  },
  {
    term: 'images <data>',
    description: 'each image with its class, its group, its part of the split, and what was noticed on it',
    options: true,
    load: async () => (await import('./commands/images.ts')).addImages,
  },
  {
    term: 'header <file>',
    description: 'what the header of an image says, with all that could tell whose it is masked',
    load: async () => (await import('./commands/header.ts')).addHeader,
  },
  {
    term: 'pixels <file>',
    description: 'one image at full depth: its samples, windows and frames; and as a network sees it',
    options: true,
    load: async () => (await import('./commands/pixels.ts')).addPixels,
  },
  {
    term: 'augmented <data> <files...>',
    description: 'write given images as augmentation may change them in training',
    options: true,
    load: async () => (await import('./commands/augmented.ts')).addAugmented,
  },
  {
    term: 'backbones',
    description: 'the available networks',
    options: true,
    load: async () => (await import('./commands/backbones.ts')).addBackbones,
  },
  {
    term: 'inspect <backbone>',
    description: 'the truncation points of a network, with what is left of it at each (without a classifier)',
    options: true,
    load: async () => (await import('./commands/inspect.ts')).addInspect,
  },
  {
    term: 'latency <backbone>',
    description: 'how long a network takes on this machine at its cuts, for one image and for a batch',
    options: true,
    kept: true,
    load: async () => (await import('./commands/latency.ts')).addLatency,
  },
  {
    term: 'cuts <backbone>',
    description: 'what was measured of a network at its cuts: probes, similarity before and after training, runs',
    options: true,
    load: async () => (await import('./commands/cuts.ts')).addCuts,
  },
  {
    term: 'catalogue',
    description: 'published pretrained weights: what they are, and where to obtain them',
    load: async () => (await import('./commands/catalogue.ts')).addCatalogue,
  },
  {
    term: 'sources',
    description: 'the pretrained weights in the workspace',
    load: async () => (await import('./commands/sources.ts')).addSources,
  },
  {
    term: 'source',
    description:
      'train sources on images of your own, take them from runs, show them; inspect files of weights and add them',
    load: async () => (await import('./commands/source.ts')).addSource,
  },
  {
    term: 'source-study',
    description: 'which source for which target: each fine-tuned from each, in folds, beside the same without transfer',
    kept: true,
    load: async () => (await import('./commands/sourceStudy.ts')).addSourceStudy,
  },
  {
    term: 'studies',
    description: 'the studies in the workspace: a selection of data each, and all that was done with it',
    load: async () => (await import('./commands/studies.ts')).addStudies,
  },
  {
    term: 'study <id>',
    description: 'one study with its runs and comparisons; create, edit, duplicate, archive and import studies',
    load: async () => (await import('./commands/study.ts')).addStudy,
  },
  {
    term: 'probe',
    description: 'what a linear classifier finds at each cut of a network, in minutes, before any fine-tuning',
    options: true,
    kept: true,
    load: async () => (await import('./commands/probe.ts')).addProbe,
  },
  {
    term: 'precision',
    description:
      'before training: how sure each figure of a test set will be, and how many patients a wanted width needs',
    options: true,
    load: async () => (await import('./commands/precision.ts')).addPrecision,
  },
  {
    term: 'train',
    description: 'fine-tune a network, whole or up to a cut, and measure it on the test split',
    options: true,
    load: async () => (await import('./commands/train.ts')).addTrain,
  },
  {
    term: 'runs',
    description: 'the runs in the workspace',
    load: async () => (await import('./commands/runs.ts')).addRuns,
  },
  {
    term: 'run <id>',
    description:
      'one run: its settings, its split, every epoch, and, once opened, its numbers on the test split; name, note and star it',
    options: true,
    load: async () => (await import('./commands/run.ts')).addRun,
  },
  {
    term: 'open-test <id>',
    description:
      'open the test set of a run or a comparison, which is sealed until then; when and why stays in the log',
    options: true,
    load: async () => (await import('./commands/openTest.ts')).addOpenTest,
  },
  {
    term: 'curves <ids...>',
    description: 'loss, validation scores and learning rate of runs, epoch by epoch and side by side',
    load: async () => (await import('./commands/curves.ts')).addCurves,
  },
  {
    term: 'queue [id]',
    description: 'what trains and what waits for it; with an id and --to, the order in which it waits is changed',
    options: true,
    load: async () => (await import('./commands/queue.ts')).addQueue,
  },
  {
    term: 'tournament',
    description: 'compare strategies on the same test images, and find the smallest non-inferior model',
    options: true,
    load: () => startComparison('tournament'),
  },
  {
    term: 'search',
    description: 'find the cut with the best validation score',
    options: true,
    load: () => startComparison('search'),
  },
  {
    term: 'learning-curve',
    description: 'measure strategies on increasing shares of the training data',
    options: true,
    load: () => startComparison('learning-curve'),
  },
  {
    term: 'comparisons',
    description: 'the comparisons in the workspace: tournaments, searches for the cut, learning curves',
    load: async () => (await import('./commands/comparisons.ts')).addComparisons,
  },
  {
    term: 'comparison <id>',
    description: 'one comparison: its result, and which of its runs failed; name and note it',
    options: true,
    load: async () => (await import('./commands/comparison.ts')).addComparison,
  },
  {
    term: 'difference <id> [rows...]',
    description: 'two rows of a tournament or a learning curve against each other, on the same test images',
    options: true,
    kept: true,
    load: async () => (await import('./commands/difference.ts')).addDifference,
  },
  {
    term: 'stop <id>',
    description: 'stop a run, a comparison or a job that waits or is running in a window or another command',
    load: async () => (await import('./commands/stop.ts')).addStop,
  },
  {
    term: 'resume <id>',
    description: 'continue an interrupted, paused or failed run from its last checkpoint, or a comparison',
    options: true,
    load: async () => (await import('./commands/resume.ts')).addResume,
  },
  {
    term: 'evaluate <id>',
    description: 'the results of a run on another folder or, without --data, on its test split',
    options: true,
    kept: true,
    load: async () => (await import('./commands/evaluate.ts')).addEvaluate,
  },
  {
    term: 'calibration <id>',
    description: 'whether the probabilities of a run are what is observed, and what makes them so',
    options: true,
    load: async () => (await import('./commands/calibration.ts')).addCalibration,
  },
  {
    term: 'predictions <id>',
    description: 'what a run predicted of each image that it was validated or tested on',
    options: true,
    load: async () => (await import('./commands/predictions.ts')).addPredictions,
  },
  {
    term: 'subgroups <id>',
    description: 'the figures of a run by age, sex, scanner or any column, with the largest gaps',
    options: true,
    load: async () => (await import('./commands/subgroups.ts')).addSubgroups,
  },
  {
    term: 'threshold <id>',
    description: 'choose a threshold of a run on its validation images, keep it, and see what it does elsewhere',
    options: true,
    load: async () => (await import('./commands/threshold.ts')).addThreshold,
  },
  {
    term: 'decision-curve <id>',
    description: 'net benefit of acting on a run from any probability on, beside treating all and treating none',
    options: true,
    load: async () => (await import('./commands/decisionCurve.ts')).addDecisionCurve,
  },
  {
    term: 'abstain <id>',
    description: 'which images a run would leave to a person, with a promise for each class',
    options: true,
    load: async () => (await import('./commands/abstain.ts')).addAbstain,
  },
  {
    term: 'explain <run> [files...]',
    description: 'class activation maps: which parts of an image speak for a class, to the network of a run',
    options: true,
    load: async () => (await import('./commands/explain.ts')).addExplain,
  },
  {
    term: 'explain-check <run> [files...]',
    description: 'whether maps can be trusted: do they change when the weights are random, and with another seed?',
    options: true,
    kept: true,
    load: async () => (await import('./commands/explainCheck.ts')).addExplainCheck,
  },
  {
    term: 'localise <run>',
    description: 'whether maps lie where the finding is: pointing game and overlap with boxes or masks',
    options: true,
    kept: true,
    load: async () => (await import('./commands/localise.ts')).addLocalise,
  },
  {
    term: 'filters <name>',
    description:
      'images to which single channels respond most strongly, and what kinds of filters they are, layer by layer',
    options: true,
    kept: true,
    load: async () => (await import('./commands/filters.ts')).addFilters,
  },
  {
    term: 'transferability',
    description:
      'estimates of transferability of several pretrained weights on your images, and how they ranked beside fine-tuning',
    options: true,
    kept: true,
    load: async () => (await import('./commands/transferability.ts')).addTransferability,
  },
  {
    term: 'similarity <run>',
    description:
      'how similar the layers of two networks are on the same images (SVCCA, linear CKA); without options: those of a run before and after training',
    options: true,
    kept: true,
    load: async () => (await import('./commands/similarity.ts')).addSimilarity,
  },
  {
    term: 'task2vec',
    description: 'embed a data set by the Fisher information of a network for it (Task2Vec)',
    options: true,
    kept: true,
    load: async () => (await import('./commands/task2vec.ts')).addTask2vec,
  },
  {
    term: 'distance <files...>',
    description: 'distances between data sets by their embeddings, symmetric and asymmetric',
    options: true,
    load: async () => (await import('./commands/distance.ts')).addDistance,
  },
  {
    term: 'experts <csv>',
    description: 'votes of several observers on what data sets look like, and the distances by them',
    options: true,
    load: async () => (await import('./commands/experts.ts')).addExperts,
  },
  {
    term: 'masks <truth> <other>',
    description: 'how well two sets of masks agree: of a network and a reader, or of two readers',
    options: true,
    load: async () => (await import('./commands/masks.ts')).addMasks,
  },
  {
    term: 'measure',
    description: 'what can be measured of the images of a data set: colour, size, entropy, classes, diversity',
    options: true,
    kept: true,
    load: async () => (await import('./commands/measure.ts')).addMeasure,
  },
  {
    term: 'movement <run>',
    description: 'how far the weights of a run moved from where they started, block by block and layer by layer',
    options: true,
    kept: true,
    load: async () => (await import('./commands/movement.ts')).addMovement,
  },
  {
    term: 'export <id>',
    description: 'write the model of a run as a file, verified on held-out images, with certificate and model card',
    options: true,
    kept: true,
    load: async () => (await import('./commands/export.ts')).addExport,
  },
  {
    term: 'report <id>',
    description: 'one page for reviewers: flow, methods, results, errors, maps and checklists of a run or a comparison',
    options: true,
    load: async () => (await import('./commands/report.ts')).addReport,
  },
  {
    term: 'card <export>',
    description: 'the model card beside an export, or its certificate',
    options: true,
    load: async () => (await import('./commands/card.ts')).addCard,
  },
  {
    term: 'predict <model> <files...>',
    description: 'the probability of each class, file by file',
    options: true,
    load: async () => (await import('./commands/predict.ts')).addPredict,
  },
  {
    term: 'jobs',
    description: 'audits, probes, maps, evaluations, exports and downloads: those that wait, run and have ended',
    load: async () => (await import('./commands/jobs.ts')).addJobs,
  },
  {
    term: 'job <id>',
    description: 'one job: what it was asked, whether it is done, and what it answered',
    options: true,
    load: async () => (await import('./commands/job.ts')).addJob,
  },
  {
    term: 'activity',
    description: 'what was done in the workspace, and when',
    options: true,
    load: async () => (await import('./commands/activity.ts')).addActivity,
  },
  {
    term: 'datasets',
    description: 'the lists of images that runs and comparisons were made on',
    load: async () => (await import('./commands/datasets.ts')).addDatasets,
  },
  {
    term: 'remove <kind> <ids...>',
    description:
      'remove studies, runs, comparisons, sources, datasets, jobs or records of exports, with the files that Cutpoint keeps of them',
    options: true,
    load: async () => (await import('./commands/remove.ts')).addRemove,
  },
  {
    term: 'clean',
    description: 'free disk space: decoded images, downloads, copies of dropped folders that no run needs, leftovers',
    options: true,
    load: async () => (await import('./commands/clean.ts')).addClean,
  },
  {
    term: 'erase',
    description: 'remove the whole workspace: results, networks, weights, copies, backups and the log',
    options: true,
    load: async () => (await import('./commands/erase.ts')).addErase,
  },
  {
    term: 'backup <file>',
    description: 'copy the results to one file, and check the file by reading it',
    options: true,
    load: async () => (await import('./commands/backup.ts')).addBackup,
  },
  {
    term: 'restore <file>',
    description: 'replace the results of the workspace with those of a backup; the present ones are kept',
    load: async () => (await import('./commands/backup.ts')).addRestore,
  },
  {
    term: 'settings',
    description: 'how many threads and how much memory Cutpoint may take; language and theme of the window',
    options: true,
    load: async () => (await import('./commands/settings.ts')).addSettings,
  },
  {
    term: 'serve',
    description: 'the window in a browser of this machine, until Ctrl-C; nobody else on the network can reach it',
    options: true,
    load: async () => (await import('./commands/serve.ts')).addServe,
  },
];

async function startComparison(kind: ComparisonKind): Promise<(program: Command) => void> {
  const { addComparisonCommand } = await import('./commands/startComparison.ts');
  return (program) => addComparisonCommand(program, kind);
}
