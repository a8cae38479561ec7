import { storedSourceStudyPlan, type SourceStudyPlan } from '../../../contract/sourceStudy.ts';
import { withChecksum } from '../json.ts';
import { numbered, upgradeTraining } from './training.ts';
import { planFrom, upgraded, type Stored, type Upgrade } from './versions.ts';

/** Upgrades of the plan of a source study; its settings are a plan with a version of its own. */
export const SOURCE_STUDY_UPGRADES: readonly Upgrade[] = [];

/** The plan of a source study as text for its column. Throws ZodError (a defect) where it is not what the contract says. */
export function sourceStudyPlanColumn(plan: SourceStudyPlan): string {
  const { settings, ...rest } = storedSourceStudyPlan.parse(plan);
  return withChecksum(JSON.stringify({ version: SOURCE_STUDY_UPGRADES.length, ...rest, settings: numbered(settings) }));
}

/** @param what names it in the sentence. @throws CutpointError PLAN_NEWER, STORE_CORRUPT */
export const sourceStudyPlanFrom = (column: string, what: string): SourceStudyPlan =>
  planFrom(storedSourceStudyPlan, column, upgradeStudy, what);

function upgradeStudy(stored: Stored, what: string): Stored {
  const { settings, ...plan } = upgraded(stored, SOURCE_STUDY_UPGRADES, what);
  const upgradable = typeof settings === 'object' && settings !== null;
  return { ...plan, settings: upgradable ? upgradeTraining(settings as Stored, what) : settings };
}
