import type { Command } from 'commander';
import type { StudyKind } from '../../contract/study/index.ts';
import { noteDoubts } from '../doubts.ts';
import { followStudy } from '../followStudy.ts';
import { addStudyOptions, studyPlanOf } from '../options/study.ts';
import { suggestStudy } from '../options/suggested.ts';
import { namesSource } from '../options/train.ts';
import { showCount } from '../progress.ts';
import { knownTo, withEngine } from '../session.ts';
import { describeStudy } from '../text/study.ts';

const EXAMPLES: Record<StudyKind, string> = {
  tournament: `cutpoint tournament --data study --backbone mobilenet_v2_keras --sources imagenet \\
    --strategies full,truncated,layerwise,features-svm --cuts block_9_add --folds 5 --margin 0.02`,
  search: `cutpoint search --data study --backbone mobilenet_v2_keras --source imagenet --method fast`,
  'learning-curve': `cutpoint learning-curve --data study --backbone mobilenet_v2_keras --source imagenet \\
    --strategies full,mean-var,scratch --shares 0.1,0.5,1`,
};

/** The command that starts a study of one kind. */
export function addStudyCommand(program: Command, kind: StudyKind): void {
  const command = program.command(kind).addHelpText(
    'after',
    `
Everything is checked before the first run begins. Ctrl-C interrupts a study; \`cutpoint resume ID\` continues where it
stopped, and tries again what failed.

Example:
  ${EXAMPLES[kind]}`,
  );
  addStudyOptions(command, kind).action((_options, command: Command) => {
    const plan = studyPlanOf(command, kind);
    return withEngine(command, async (session) => {
      const { client, output, signal } = session;
      const onProgress = showCount(output, 'reading', 'files');
      const suggested = suggestStudy(plan, await knownTo(client), { source: namesSource(command) });
      if (suggested.said) output.note(suggested.said);
      const started = await client.call('study.start', suggested.plan, { signal, onProgress });
      output.note(`study ${started.id}`);
      noteDoubts(output, started, started.plan.base.positive);
      const study = await followStudy(session, started);
      output.result(study, () => describeStudy(study));
    });
  });
}
