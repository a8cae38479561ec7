import { storedSourceStudyPlan, type SourceStudyPlan } from '../../../contract/sourceStudy.ts';
import { withChecksum } from '../json.ts';
import { numbered, upgradeTraining } from './training.ts';
import { planFrom, upgraded, type Stored, type Upgrade } from './versions.ts';

/** Upgrades of the plan of a source study; its settings are a plan with a version of its own. */
export const SOURCE_STUDY_UPGRADES: readonly Upgrade[] = [];

/** The plan of a source study as text for its column. Throws ZodError (a defect) where it is not what the contract says. */
export function sourceStudyPlanColumn(plan: SourceStudyPlan): string {
  const { settings, sources, ...rest } = storedSourceStudyPlan.parse(plan);
  const stored = {
    ...{ version: SOURCE_STUDY_UPGRADES.length, ...rest, settings: numbered(settings) },
    sources: sources.map(({ train, ...source }) => ({
      ...source,
      ...(train && { train: { ...train, settings: numbered(train.settings) } }),
    })),
  };
  return withChecksum(JSON.stringify(stored));
}

/** @param what names it in the sentence. @throws CutpointError PLAN_NEWER, STORE_CORRUPT */
export const sourceStudyPlanFrom = (column: string, what: string): SourceStudyPlan =>
  planFrom(storedSourceStudyPlan, column, upgradeStudy, what);

/** What is not as it should be is left to the schema. */
function upgradeStudy(stored: Stored, what: string): Stored {
  const { settings, sources, ...plan } = upgraded(stored, SOURCE_STUDY_UPGRADES, what);
  return {
    ...plan,
    settings: settingsFrom(settings, what),
    sources: Array.isArray(sources) ? sources.map(sourceFrom) : sources,
  };

  function sourceFrom(source: unknown): unknown {
    const train = isStored(source) ? source.train : undefined;
    return isStored(train)
      ? { ...(source as Stored), train: { ...train, settings: settingsFrom(train.settings, what) } }
      : source;
  }
}

const settingsFrom = (settings: unknown, what: string): unknown =>
  isStored(settings) ? upgradeTraining(settings, what) : settings;

const isStored = (value: unknown): value is Stored => typeof value === 'object' && value !== null;
