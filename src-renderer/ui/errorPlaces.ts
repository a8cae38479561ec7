import type { ErrorCode } from '../../src-main/contract/errors.ts';

type Place = 'home' | 'data' | 'network' | 'settings' | 'activity';

const OF_DATA = [
  ...([
    'FOLDER_NOT_FOUND',
    'FOLDER_NOT_READABLE',
    'FOLDER_EMPTY',
    'LABELS_NOT_READABLE',
    'LABELS_COLUMN_MISSING',
  ] as const),
  ...([
    'LABELS_FILE_MISSING',
    'LABELS_VALUE_MISSING',
    'LABELS_DUPLICATE',
    'GROUP_PATTERN_INVALID',
    'ONE_CLASS',
  ] as const),
  ...(['TOO_MANY_CLASSES', 'TOO_FEW_GROUPS', 'DATA_DOUBTFUL'] as const),
] satisfies ErrorCode[];
const OF_NETWORK = [
  ...(['BACKBONE_UNKNOWN', 'CUT_UNKNOWN', 'SOURCE_UNKNOWN', 'SOURCE_DAMAGED', 'STRATEGY_UNSUPPORTED'] as const),
] satisfies ErrorCode[];

/** Where what an error speaks of can be put right, for those of which that is one place. */
const PLACES: Partial<Record<string, Place>> = {
  ...Object.fromEntries(OF_DATA.map((code) => [code, 'data' as const])),
  ...Object.fromEntries(OF_NETWORK.map((code) => [code, 'network' as const])),
  ...{ DISK_FULL: 'settings', STORE_CORRUPT: 'settings', WORKSPACE_NOT_WRITABLE: 'settings' },
  ENGINE_UNAVAILABLE: 'settings',
  ...{ STUDY_UNKNOWN: 'home', JOB_UNKNOWN: 'activity' },
};

const ROOMS = new Set<Place>(['data', 'network']);

/**
 * The room or place in which an error can be put right, unless that is where it is read.
 * @param at the name of the present address @param inStudy whether the address names a study
 */
export function placeForError(
  code: string,
  at: string,
  inStudy: boolean,
): { name: Place; params?: Record<string, string> } | null {
  const name = PLACES[code];
  if (name === undefined || name === at || (ROOMS.has(name) && !inStudy)) return null;
  if (name !== 'settings') return { name };
  return { name, params: { section: code === 'ENGINE_UNAVAILABLE' ? 'engine' : 'storage' } };
}
