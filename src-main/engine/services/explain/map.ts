import sharp from 'sharp';
import { CutpointError } from '../../../contract/errors.ts';
import type { Explanation } from '../../../contract/explain.ts';
import type { CallContext, OutputOf, ParsedInputOf } from '../../../contract/index.ts';
import type { Levels } from '../../data/readers/display.ts';
import { activationMaps, explainedCut, type MapSettings } from '../../explain/activationMap.ts';
import { levelsOf, restoreMap } from '../../explain/restored.ts';
import type { Network } from '../../execute/run.ts';
import type { Workspace } from '../../store/workspace.ts';
import { breathe } from '../../breathe.ts';
import { readPictures, type OpenedPicture } from '../../cohort/pictures.ts';
import { pathsOf, targetOf } from './pictures.ts';
import { withModel } from '../../network/trained.ts';

type Answer = OutputOf<'explain.map'>;

/**
 * Class activation maps of images, each in its own pixels.
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE, CUT_UNKNOWN, INPUT_INVALID
 */
export async function explainPictures(
  workspace: Workspace,
  request: ParsedInputOf<'explain.map'>,
  { signal, progress }: CallContext<'explain.map'>,
): Promise<Answer> {
  const run = workspace.store.runs.get(request.run);
  const target = targetOf(run, request.class);
  const paths = await pathsOf(workspace, run, request.pictures);
  const { classes, plan } = run;
  return withModel(workspace, run, async (network, model) => {
    const settings = {
      cut: explainedCut(network, request.cut),
      method: request.method,
      classes,
      target,
    };
    const maps: Explanation[] = [];
    const problems: Answer['problems'] = [];
    await readPictures(paths, run, model, {
      signal,
      async done(index, picture) {
        if (picture instanceof CutpointError)
          problems.push({ picture: index, code: picture.code, message: picture.message });
        else maps.push({ picture: index, ...(await explain(network, picture, { settings, request, fit: plan.fit })) });
        const map = picture instanceof CutpointError ? undefined : maps.at(-1);
        progress({ done: maps.length + problems.length, total: paths.length, ...(map && { map }) });
        await breathe();
      },
    });
    const { cut, method } = settings;
    return {
      ...{ classes, cut, method, input: model.input.width, fit: plan.fit },
      maps,
      problems,
    };
  });
}

async function explain(
  network: Network,
  picture: OpenedPicture,
  options: {
    settings: MapSettings;
    request: Pick<ParsedInputOf<'explain.map'>, 'values' | 'image'>;
    fit: 'letterbox' | 'stretch' | 'crop';
  },
): Promise<Omit<Explanation, 'picture'>> {
  const { settings, request, fit } = options;
  const { levels } = picture;
  const x = picture.input();
  const size = x.shape[1];
  const [found] = activationMaps(network, x, settings);
  x.dispose();
  const { raw, target, predicted, probabilities, logit, blank } = found!;
  const { width, height } = levels;
  const { map, largest, notes } = restoreMap(raw, { width, height, size, fit });
  return {
    class: settings.classes[target]!,
    predicted: settings.classes[predicted]!,
    probabilities: [...probabilities],
    logit,
    raw: { ...raw, values: [...raw.values] },
    restored: {
      ...{ width, height, largest },
      png: await pngOf({ width, height, channels: 2, pixels: levelsOf({ map, largest }) }),
      values: request.values ? new Uint8Array(new Float32Array(map.values).buffer) : null,
    },
    image: request.image ? await pngOf(levels) : null,
    notes: [...(blank ? [blank] : []), ...notes, ...picture.notes.map(({ code, message }) => ({ code, message }))],
  };
}

/** A PNG. */
export async function pngOf({
  pixels,
  ...raw
}: Omit<Levels, 'channels'> & { channels: 1 | 2 | 3 }): Promise<Uint8Array<ArrayBuffer>> {
  const image = sharp(pixels, { raw, limitInputPixels: false });
  const png = await (raw.channels === 3 ? image : image.toColourspace('b-w')).png().toBuffer();
  return new Uint8Array(png);
}
