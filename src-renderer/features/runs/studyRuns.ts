import { computed } from 'vue';
import type { RunRow } from '../../../src-main/contract/run.ts';
import { backboneTitle } from '../../logic/network.ts';
import { moment } from '../../logic/format.ts';
import { said } from '../../text/index.ts';
import { useStudy } from '../study/studyStore.ts';
import { useRuns } from './runsStore.ts';

/** The runs of the study that is open which have a model, the newest first. To be called in the setup of a component. */
export function useStudyRuns() {
  const runs = useRuns();
  const study = useStudy();
  return computed(() => {
    const own = new Set(study.details?.runIds ?? []);
    return runs.list.filter(({ id, bestEpoch }) => own.has(id) && bestEpoch !== null);
  });
}

/** What a run goes by: the name that it was given, or its network, and when it was started. */
export const runTitle = ({
  name,
  backbone,
  network,
  createdAt,
}: Pick<RunRow, 'name' | 'backbone' | 'network' | 'createdAt'>): string =>
  name ?? `${backboneTitle(backbone)}, ${said(network)} (${moment(createdAt)})`;
