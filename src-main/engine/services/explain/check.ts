import { CutpointError } from '../../../contract/errors.ts';
import type { MapCheck } from '../../../contract/explain.ts';
import type { CallContext, OutputOf, ParsedInputOf } from '../../../contract/index.ts';
import type { RunSummary } from '../../../contract/run.ts';
import type { Model } from '../../../backbone/model.ts';
import { findBackbone } from '../../../backbone/zoo/index.ts';
import type { Network } from '../../execute/run.ts';
import { activationMaps, explainedCut, type ActivationMap } from '../../explain/activationMap.ts';
import { agreement, meanAgreement } from '../../explain/agreement.ts';
import { cascade, stagesOf } from '../../explain/randomise.ts';
import { verdictOf } from '../../explain/verdict.ts';
import type { Workspace } from '../../store/workspace.ts';
import { breathe } from '../../breathe.ts';
import { readPictures, type OpenedPicture } from '../../cohort/pictures.ts';
import { pathsOf, targetOf } from './pictures.ts';
import { siblingsOf } from '../../explain/siblings.ts';
import { withModel } from '../../network/trained.ts';

type Answer = OutputOf<'explain.check'>;
type Request = ParsedInputOf<'explain.check'>;
type Call = CallContext<'explain.check'>;

/** What is known of one image, run after run. */
interface Examined {
  input: OpenedPicture['input'];
  notes: OpenedPicture['notes'];
  own: ActivationMap;
  cascade: MapCheck['cascade'];
  others: ActivationMap[];
}

/**
 * Whether the maps of a run are to be trusted: against networks with random weights, and against other seeds.
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE, CUT_UNKNOWN, INPUT_INVALID
 */
export async function checkMaps(workspace: Workspace, request: Request, call: Call): Promise<Answer> {
  const run = workspace.store.runs.get(request.run);
  const target = targetOf(run, request.class);
  const siblings = siblingsOf(workspace, run, request.runs);
  const paths = await pathsOf(workspace, run, request.pictures);
  const problems: Answer['problems'] = [];
  const examined = new Map<number, Examined>();
  let settings = { cut: '', method: request.method, classes: run.classes, target };

  await withModel(workspace, run, async (network, model) => {
    settings = { ...settings, cut: explainedCut(network, request.cut) };
    const steps = stepsOf(paths.length, model, request, siblings.length, call);
    await readPictures(paths, run, model, {
      signal: call.signal,
      async done(index, picture) {
        if (picture instanceof CutpointError)
          problems.push({ picture: index, code: picture.code, message: picture.message });
        else examined.set(index, await examine(network, model, picture, { run, settings, request, call, steps }));
      },
    });
  });
  for (const sibling of siblings)
    await withModel(workspace, sibling, async (network) => {
      for (const each of examined.values()) {
        call.signal.throwIfAborted();
        const x = each.input();
        each.others.push(...activationMaps(network, x, { ...settings, target: each.own.target }));
        x.dispose();
        await breathe();
      }
    });

  const checks = [...examined].map(([picture, each]) =>
    summarise(picture, each, { run, siblings, size: run.plan.input }),
  );
  return { cut: settings.cut, method: settings.method, checks, problems };
}

function stepsOf(pictures: number, model: Model, { draws }: Request, siblings: number, { progress }: Call) {
  const total = pictures * (stagesOf(model.graph, model.weights).length * draws + siblings);
  let done = 0;
  return () => progress({ done: ++done, total });
}

async function examine(
  network: Network,
  model: Model,
  picture: OpenedPicture,
  options: {
    run: RunSummary;
    settings: Parameters<typeof activationMaps>[2];
    request: Request;
    call: Call;
    steps(): void;
  },
): Promise<Examined> {
  const { run, settings, request, call, steps } = options;
  const x = picture.input();
  try {
    const own = activationMaps(network, x, settings)[0]!;
    const drawn: ActivationMap[][] = [];
    for (let draw = 0; draw < request.draws; draw++)
      drawn.push(
        await cascade(network, model, x, {
          settings: { ...settings, target: own.target },
          rule: findBackbone(run.plan.backbone).initialisation,
          ...{ seed: request.seed, draw, onStage: steps, signal: call.signal },
        }),
      );
    const size = model.input.width;
    const stages = stagesOf(model.graph, model.weights).map(({ name }, stage) => ({
      stage: name,
      ...meanAgreement(drawn.map((maps) => agreement(own.raw, maps[stage]!.raw, size))),
      blank: drawn.filter((maps) => maps[stage]!.blank !== null).length,
    }));
    return { input: picture.input, notes: picture.notes, own, cascade: stages, others: [] };
  } finally {
    x.dispose();
  }
}

function summarise(
  picture: number,
  { own, others, cascade: stages, notes }: Examined,
  { run, siblings, size }: { run: RunSummary; siblings: readonly RunSummary[]; size: number },
): MapCheck {
  const maps = [own, ...others];
  const pairs = maps.flatMap((a, i) => maps.slice(i + 1).map((b) => agreement(a.raw, b.raw, size)));
  const repeatability =
    pairs.length === 0
      ? null
      : { ...meanAgreement(pairs), runs: [run.id, ...siblings.map(({ id }) => id)], pairs: pairs.length };
  return {
    ...{ picture, class: run.classes[own.target]!, cascade: stages, repeatability },
    verdict: verdictOf(stages, repeatability, own.blank !== null),
    notes: [...(own.blank ? [own.blank] : []), ...notes.map(({ code, message }) => ({ code, message }))],
  };
}
