/**
 * Who may import what. A name is a package (`zod`, `@tensorflow/*`), a folder of this repository (`src-main/contract`),
 * or `node:*` for everything built into Node. Folders stand for all that lies beneath them.
 */

/** Folders that may import nothing but what is listed. */
export const closedFolders = [
  { folder: 'src-main/contract', may: ['src-main/contract', 'src-main/backbone', 'zod'] },
  { folder: 'src-main/backbone', may: ['src-main/contract', 'src-main/backbone', 'zod'] },
];

/** Imports that belong to a few folders. `only` lists them; everywhere else in the application they are refused. */
export const reserved = [
  { imports: ['better-sqlite3'], only: ['src-main/engine/store'], why: 'the store is the one owner of the database' },
  {
    imports: ['@tensorflow/*'],
    only: [
      'tensor',
      'execute',
      'network',
      'task',
      'transfer',
      'train',
      'explain',
      'similarity',
      'datasetSimilarity',
      'data',
      'export/tfjs',
    ].map((name) => `src-main/engine/${name}`),
    why: 'the rest of the application must work whichever engine computes',
  },
  { imports: ['electron'], only: ['src-main/electron', 'src-preload'], why: 'the other shells run without Electron' },
  {
    imports: ['src-main/engine', 'node:*'],
    only: ['src-main', 'src-preload'],
    why: 'the renderer runs in a browser and knows the contract, not the engine',
  },
  { imports: ['src-renderer'], only: ['src-renderer'], why: 'the engine and the shells do not know the screen' },
];

/**
 * Rooms of the engine and of the window, from the lowest up. A room imports of those below it, and of none above or beside
 * it. Rooms that are not named here, and files beside the rooms, hold to nothing but the tables above.
 */
export const rooms = [
  {
    folder: 'src-main/engine',
    layers: [
      ['catalogue', 'linear', 'metrics', 'weights'],
      ['data'],
      ['store', 'tensor'],
      ['archive', 'execute', 'storage'],
      ['task'],
      ['network'],
      ['cohort'],
      ['transfer'],
      ['train'],
      ['datasetSimilarity', 'explain', 'export', 'similarity'],
      ['comparisons', 'sourceAnalysis', 'subgroups'],
      ['sourceStudies'],
      ['report'],
      ['jobs'],
      ['services'],
    ],
  },
  { folder: 'src-renderer', layers: [['engine', 'host', 'logic'], ['text'], ['ui'], ['features']] },
];

/** Code the rule watches; tests, scripts and configuration may import anything. */
export const application = ['src-main', 'src-preload', 'src-renderer'];
