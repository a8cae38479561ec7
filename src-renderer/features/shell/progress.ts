import { computed, watch, watchEffect } from 'vue';
import type { RouteLocationRaw } from 'vue-router';
import type { JobRow } from '../../../src-main/contract/job.ts';
import { useConnection } from '../../engine/connectionStore.ts';
import { useHost } from '../../host/index.ts';
import { percent } from '../../logic/format.ts';
import { backboneTitle } from '../../logic/network.ts';
import { said, t } from '../../text/index.ts';
import { announce } from '../../ui/toasts.ts';
import { useJobs } from '../jobs/jobsStore.ts';
import { shareDone } from '../runs/live.ts';
import { useRuns } from '../runs/runsStore.ts';
import { useStudy } from '../study/studyStore.ts';
import { placeOf } from './going.ts';

interface Working {
  title: string;
  /** [0, 1]. */
  share: number;
  /** To the end as planned; null: not known yet. */
  seconds: number | null;
  to: RouteLocationRaw;
}

/** The run that trains, as bar, title and icon show it. */
export function useProgress() {
  const runs = useRuns();
  const working = computed<Working | null>(() => {
    const row = runs.training;
    if (!row) return null;
    const run = runs.detailsOf(row.id);
    const study = useStudy().id ?? '';
    return {
      title: `${backboneTitle(row.backbone)}, ${said(row.network)}`,
      share: run ? shareDone(run, runs.live) : row.epochs / row.plannedEpochs,
      seconds: runs.live.step?.remainingSeconds ?? null,
      to: study ? placeOf('train', study, row.id) : { name: 'home' },
    };
  });
  return { working };
}

const isActive = ({ status }: Pick<JobRow, 'status'>): boolean => status === 'queued' || status === 'running';

/** Title and icon tell how far the work is, and its end is announced, for as long as the window lives. */
export function followProgress(): void {
  const { working } = useProgress();
  const runs = useRuns();
  const study = useStudy();
  const host = useHost();
  const at = computed(() => (working.value ? percent(working.value.share) : null));
  watchEffect(() => {
    const place = study.name ? `${study.name} · Cutpoint` : 'Cutpoint';
    const now = working.value;
    document.title =
      now && at.value ? `${t('shell.title.running', { percent: at.value, what: now.title })} · ${place}` : place;
  });
  // By whole percents: the icon is drawn a hundred times in a run, not at each step.
  watch(at, () => host.progress(working.value?.share ?? null));
  watch(
    () => runs.training?.id,
    (now, before) => {
      const ended = runs.list.find(({ id }) => id === before);
      // A comparison is announced as a whole.
      if (!ended || now === before || ended.comparison !== null) return;
      const text = t('shell.announce.runEnded', { status: t(`common.status.${ended.status}`) });
      announce(text);
      void host.notify(`${backboneTitle(ended.backbone)}, ${said(ended.network)}`, text);
    },
  );
  const comparing = computed(
    () =>
      new Map(
        study.rows.flatMap(({ active }) =>
          active.flatMap((each) => (each.kind === 'comparison' ? [[each.id, each.title] as const] : [])),
        ),
      ),
  );
  watch(comparing, (now, before) => {
    for (const [id, title] of before) {
      if (now.has(id)) continue;
      void useConnection()
        .call('comparison.get', { id })
        .then(({ status, result }) => {
          const text = t('shell.announce.comparisonEnded', { status: t(`common.status.${status}`) });
          announce(text);
          return host.notify(title, result?.kind === 'tournament' ? said(result.verdict) : text);
        })
        // Removed, or the engine is away: the banner says so.
        .catch(() => {});
    }
  });
  const jobs = useJobs();
  watch(
    () => jobs.rows,
    (now, before) => {
      const wereActive = new Set(before.filter(isActive).map(({ id }) => id));
      for (const job of now.filter(({ id, ...rest }) => wereActive.has(id) && !isActive(rest))) {
        if (job.status === 'completed') announce(t('shell.announce.jobEnded', { what: said(job.title) }));
        if (job.status === 'failed')
          announce(t('shell.announce.jobFailed', { what: said(job.title), why: said(job.error?.message ?? '') }));
      }
    },
  );
  watch(
    () => working.value !== null,
    (works) => host.holdOpen(works && host.dialogs),
  );
}
