import { changedImages } from '../cohort/changed.ts';
import { readPlanData } from '../cohort/planData.ts';
import { listingDigest } from '../data/listing.ts';
import { dataHandlers } from '../services/data.ts';
import { loadedLater } from '../services/loaded.ts';
import type { Workspace } from '../store/workspace.ts';
import { pathOf } from '../../userPath.ts';
import type { LaneServices } from './laneServices.ts';

/** All that reads what people point at: folders of images, tables with their patterns, files of weights, downloads. */
export function openFiles(workspace: Workspace): Pick<LaneServices, 'handlers' | 'close'> {
  return {
    handlers: {
      ...dataHandlers(workspace),
      ...loadedLater(['source.inspect', 'source.add'], async () =>
        (await import('../services/sources.ts')).sourceFileHandlers(workspace),
      ),
      ...loadedLater(['sourceStudy.analyse'], async () =>
        (await import('../services/sourceAnalysis.ts')).sourceAnalysisHandlers(),
      ),
      ...loadedLater(['source.lineage'], async () =>
        (await import('../services/sourceLineage.ts')).sourceLineageHandlers(workspace.store),
      ),
      ...loadedLater(['source.fromRun', 'source.overlap'], async () =>
        (await import('../services/sourceFromRun.ts')).sourceFromRunHandlers(workspace),
      ),
      ...loadedLater(['catalogue.documents', 'catalogue.download'], async () =>
        (await import('../services/catalogue.ts')).catalogueFileHandlers(workspace),
      ),
      ...loadedLater(['run.evaluate', 'run.evaluated', 'run.predictions'], async () =>
        (await import('../services/measured.ts')).measuredHandlers(workspace),
      ),
      ...loadedLater(['run.subgroupChoices', 'run.subgroups'], async () =>
        (await import('../services/subgroups.ts')).subgroupHandlers(workspace),
      ),
      ...loadedLater(['run.operating', 'run.operate'], async () =>
        (await import('../services/operating.ts')).operatingHandlers(workspace),
      ),
      ...loadedLater(['run.decisionCurve'], async () =>
        (await import('../services/decisionCurves.ts')).decisionCurveHandlers(workspace),
      ),
      ...loadedLater(['run.conformal'], async () =>
        (await import('../services/conformal.ts')).conformalHandlers(workspace),
      ),
      ...loadedLater(['run.calibration', 'run.calibrate'], async () =>
        (await import('../services/calibration.ts')).calibrationHandlers(workspace),
      ),
      ...loadedLater(['distance.compare', 'distance.experts'], async () =>
        (await import('../services/distance/compared.ts')).comparedHandlers(workspace),
      ),
      ...loadedLater(['masks.agreement'], async () => (await import('../services/masks.ts')).maskHandlers()),
      'model.documents': async ({ path }) => (await import('../export/documents.ts')).readDocuments(pathOf(path)),
      ...loadedLater(['comparison.difference'], async () =>
        (await import('../services/differences.ts')).differenceHandlers(workspace),
      ),
      'sourceStudy.result': async (input, call) =>
        (await import('../sourceStudies/result.ts')).sourceStudyResultOf(workspace, input, call),
      'transferability.correlation': async (input) =>
        (await import('../services/transferability/correlation.ts')).correlationOf(workspace.store, input),
      'study.archive': async (input, call) =>
        (await import('../archive/write.ts')).archiveStudy(workspace, input, call),
      'study.import': async (input, call) =>
        (await import('../archive/import.ts')).importArchive(workspace, input, call),
      'lane.planData': (plan, call) => readPlanData(plan, workspace, call),
      'lane.changedImages': ({ run }, { signal }) => changedImages(workspace, run, signal),
      'lane.listing': ({ things }, { signal }) => listingDigest(things, signal),
    },
    close: () => Promise.resolve(),
  };
}
