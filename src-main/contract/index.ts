import { activityMethods } from './activity.ts';
import { backboneMethods } from './backbone.ts';
import { calibrationMethods } from './calibration.ts';
import { catalogueMethods } from './catalogue.ts';
import { changesMethods } from './changes.ts';
import { cutCurveMethods } from './cutCurves.ts';
import { conformalMethods } from './conformal.ts';
import { dataMethods } from './data.ts';
import { decisionCurveMethods } from './decisionCurve.ts';
import { estimateMethods } from './estimate.ts';
import { imageMethods } from './images.ts';
import { explainMethods } from './explain.ts';
import type {
  CallOf,
  HandlersOf,
  InputOfMethod,
  OutputOfMethod,
  ParsedInputOfMethod,
  ProgressOfMethod,
} from './method.ts';
import { distanceMethods } from './distance.ts';
import { jobMethods } from './job.ts';
import { latencyMethods } from './latency.ts';
import { maskMethods } from './masks.ts';
import { modelMethods } from './model.ts';
import { operatingMethods } from './operating.ts';
import { precisionMethods } from './precision.ts';
import { preferencesMethods } from './preferences.ts';
import { probeMethods } from './probe.ts';
import { queueMethods } from './queue.ts';
import { reportMethods } from './report.ts';
import { runMethods } from './run.ts';
import { similarityMethods } from './similarity.ts';
import { sourceMethods } from './source.ts';
import { sourceAnalysisMethods } from './sourceAnalysis.ts';
import { sourceStudyMethods } from './sourceStudy.ts';
import { storageMethods } from './storage.ts';
import { comparisonMethods } from './comparison/index.ts';
import { studyMethods } from './study.ts';
import { subgroupMethods } from './subgroups.ts';
import { systemMethods } from './system.ts';
import { transferabilityMethods } from './transferability.ts';
import { viewerMethods } from './viewer.ts';

/** Every method of the engine; named by its parts, as all of it at once is more than the compiler writes out. */
export type Contract = typeof systemMethods &
  typeof studyMethods &
  typeof activityMethods &
  typeof dataMethods &
  typeof imageMethods &
  typeof viewerMethods &
  typeof backboneMethods &
  typeof cutCurveMethods &
  typeof sourceMethods &
  typeof sourceAnalysisMethods &
  typeof catalogueMethods &
  typeof runMethods &
  typeof subgroupMethods &
  typeof operatingMethods &
  typeof decisionCurveMethods &
  typeof conformalMethods &
  typeof calibrationMethods &
  typeof estimateMethods &
  typeof precisionMethods &
  typeof queueMethods &
  typeof comparisonMethods &
  typeof sourceStudyMethods &
  typeof modelMethods &
  typeof reportMethods &
  typeof probeMethods &
  typeof similarityMethods &
  typeof distanceMethods &
  typeof maskMethods &
  typeof transferabilityMethods &
  typeof explainMethods &
  typeof jobMethods &
  typeof latencyMethods &
  typeof storageMethods &
  typeof preferencesMethods &
  typeof changesMethods;

/** Every method of the engine, declared once; shells and renderer know nothing else of it. */
export const contract: Contract = {
  ...systemMethods,
  ...studyMethods,
  ...activityMethods,
  ...dataMethods,
  ...imageMethods,
  ...viewerMethods,
  ...backboneMethods,
  ...cutCurveMethods,
  ...sourceMethods,
  ...sourceAnalysisMethods,
  ...catalogueMethods,
  ...runMethods,
  ...subgroupMethods,
  ...operatingMethods,
  ...decisionCurveMethods,
  ...conformalMethods,
  ...calibrationMethods,
  ...estimateMethods,
  ...precisionMethods,
  ...queueMethods,
  ...comparisonMethods,
  ...sourceStudyMethods,
  ...modelMethods,
  ...reportMethods,
  ...probeMethods,
  ...similarityMethods,
  ...distanceMethods,
  ...maskMethods,
  ...transferabilityMethods,
  ...explainMethods,
  ...jobMethods,
  ...latencyMethods,
  ...storageMethods,
  ...preferencesMethods,
  ...changesMethods,
};

export type MethodName = keyof Contract;
export type InputOf<M extends MethodName> = InputOfMethod<Contract[M]>;
export type ParsedInputOf<M extends MethodName> = ParsedInputOfMethod<Contract[M]>;
export type OutputOf<M extends MethodName> = OutputOfMethod<Contract[M]>;
export type ProgressOf<M extends MethodName> = ProgressOfMethod<Contract[M]>;
export type CallContext<M extends MethodName> = CallOf<Contract[M]>;

/** The engine's side of the contract. */
export type Handlers = HandlersOf<Contract>;
/** The caller's side of the contract: `ClientOf<Contract>`, spelt out so that the compiler can name it. */
export interface Client {
  call<M extends MethodName>(
    method: M,
    input: InputOf<M>,
    options?: { signal?: AbortSignal; onProgress?: (event: ProgressOf<M>) => void },
  ): Promise<OutputOf<M>>;
  close(): void;
}
