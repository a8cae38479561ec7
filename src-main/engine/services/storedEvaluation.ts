import { CutpointError } from '../../contract/errors.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import { openTest } from '../cohort/parts.ts';
import type { Workspace } from '../store/workspace.ts';

/**
 * The stored evaluation of a run on its test split. Stored numbers stay right where the network that they were measured on
 * is lost, which is said beside them.
 * @param requireModel rejects where it is
 * @throws CutpointError RUN_STATE where there is none
 */
export async function storedEvaluation(
  workspace: Workspace,
  id: string,
  requireModel: () => Promise<unknown>,
): Promise<Evaluation> {
  const run = workspace.store.runs.get(id);
  const stored = (await openTest(workspace, id, 'evaluation')).evaluation();
  if (stored) {
    const lost = await requireModel().then(
      () => [],
      (thrown: unknown) => {
        const { code, message } = CutpointError.from(thrown);
        return [{ code, message: `${message} These numbers were measured and stored before.` }];
      },
    );
    const warnings = [...(stored.warnings ?? []), ...lost];
    return { ...stored, ...(warnings.length > 0 && { warnings }) };
  }
  const untested = run.split?.test.images === 0 ? 'has no test set' : 'has not been tested';
  throw new CutpointError('RUN_STATE', `The run ${id} is ${run.status} and ${untested}.`, {
    remedy:
      run.split?.test.images === 0
        ? 'Name a folder of images that it was not trained on: --data.'
        : 'Let it finish, or name a folder to evaluate it on.',
  });
}
