import type { ActivityEntry } from './activity.ts';

const NOUNS: Readonly<Record<string, string>> = {
  ...{ study: 'study', run: 'run', comparison: 'comparison', source: 'source', dataset: 'list of images' },
  ...{ export: 'record of an export', job: 'job', 'source-study': 'source study' },
};

const VERBS: Readonly<Record<string, string>> = {
  ...{ created: 'was created', renamed: 'was renamed', removed: 'was removed', imported: 'was imported' },
  ...{ queued: 'waits for its turn', running: 'began to train', paused: 'was paused', interrupted: 'was interrupted' },
  ...{ stopped: 'was stopped', completed: 'is complete', failed: 'failed', evaluated: 'was measured' },
  ...{ exported: 'was exported', batch: 'got another batch size', added: 'was added', restored: 'was restored' },
  ...{ saved: 'was read', moved: 'was found in another folder' },
  'operating-point': 'got another threshold, or none',
  calibration: 'was given a calibration, or lost it',
  source: 'is to become a source, or no longer',
  'class-order': 'got another order of its classes',
  'smaller-batch': 'continues with smaller batches: more did not fit into memory',
  'epochs-discarded': 'continues from its best epoch',
  'epochs-taken-over': 'continues from the epochs of a shorter run',
};

/** A line of the log in words: `The run ‘Half’ is complete.` */
export function activitySentence({ what, object, name }: Pick<ActivityEntry, 'what' | 'object' | 'name'>): string {
  const called = name === null ? object : `‘${name}’`;
  if (what === 'test.opened') return `The test figures of run ${called} were looked at.`;
  if (what === 'comparison.test-opened') return `The test figures of comparison ${called} were looked at.`;
  const [kind = '', event = ''] = what.split('.');
  const noun = NOUNS[kind];
  const verb = VERBS[event];
  return noun && verb ? `The ${noun} ${called} ${verb}.` : `${called}: ${what}.`;
}
