import { importArchive } from '../archive/import.ts';
import { archiveStudy } from '../archive/write.ts';
import { changedImages } from '../cohort/changed.ts';
import { readPlanData } from '../cohort/planData.ts';
import { listingDigest } from '../data/listing.ts';
import { readDocuments } from '../export/documents.ts';
import { catalogueFileHandlers } from '../services/catalogue.ts';
import { conformalHandlers } from '../services/conformal.ts';
import { dataHandlers } from '../services/data.ts';
import { decisionCurveHandlers } from '../services/decisionCurves.ts';
import { calibrationHandlers } from '../services/calibration.ts';
import { measuredHandlers } from '../services/measured.ts';
import { differenceHandlers } from '../services/differences.ts';
import { subgroupHandlers } from '../services/subgroups.ts';
import { operatingHandlers } from '../services/operating.ts';
import { sourceFileHandlers } from '../services/sources.ts';
import type { Workspace } from '../store/workspace.ts';
import { pathOf } from '../../userPath.ts';
import type { LaneServices } from './laneServices.ts';

/** All that reads what people point at: folders of images, tables with their patterns, files of weights, downloads. */
export function openFiles(workspace: Workspace): Pick<LaneServices, 'handlers' | 'close'> {
  return {
    handlers: {
      ...dataHandlers(workspace),
      ...sourceFileHandlers(workspace),
      ...catalogueFileHandlers(workspace),
      ...measuredHandlers(workspace),
      ...subgroupHandlers(workspace),
      ...operatingHandlers(workspace),
      ...decisionCurveHandlers(workspace),
      ...conformalHandlers(workspace),
      ...calibrationHandlers(workspace),
      'model.documents': ({ path }) => readDocuments(pathOf(path)),
      ...differenceHandlers(workspace),
      'study.archive': (input, call) => archiveStudy(workspace, input, call),
      'study.import': (input, call) => importArchive(workspace, input, call),
      'lane.planData': (plan, call) => readPlanData(plan, workspace, call),
      'lane.changedImages': ({ run }, { signal }) => changedImages(workspace, run, signal),
      'lane.listing': ({ things }, { signal }) => listingDigest(things, signal),
    },
    close: () => Promise.resolve(),
  };
}
