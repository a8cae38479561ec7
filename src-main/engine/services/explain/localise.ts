import { relative } from 'node:path';
import { CutpointError } from '../../../contract/errors.ts';
import type { CallContext, ParsedInputOf } from '../../../contract/index.ts';
import type { Localisation } from '../../../contract/explain.ts';
import { identifyGroups, type GroupedFile } from '../../data/groups.ts';
import { activationMaps, explainedCut } from '../../explain/activationMap.ts';
import { find, regionOf, summarise, type Found, type Region } from '../../explain/localise.ts';
import { readRegions, type RegionEntry } from '../../explain/regionTable.ts';
import { restoreMap } from '../../explain/restored.ts';
import type { Workspace } from '../../store/workspace.ts';
import { breathe } from '../../breathe.ts';
import { readLevels, readPictures } from '../../cohort/pictures.ts';
import { targetOf } from './pictures.ts';
import { withModel } from '../../network/trained.ts';

type Located = Localisation['perImage'][number] & Found & Pick<GroupedFile, 'patient' | 'identity'>;

/**
 * Whether maps lie on the findings that a table gives, image by image and group by group.
 * @throws CutpointError RUN_UNKNOWN, RUN_STATE, CUT_UNKNOWN, INPUT_INVALID, LABELS_NOT_READABLE, LABELS_COLUMN_MISSING;
 *   FOLDER_EMPTY where the table has no finding
 */
export async function localise(
  workspace: Workspace,
  request: ParsedInputOf<'explain.localise'>,
  { signal, progress }: CallContext<'explain.localise'>,
): Promise<Localisation> {
  const run = workspace.store.runs.get(request.run);
  const target = targetOf(run, request.class);
  const { entries, withoutRegion, problems } = await readRegions(request.regions);
  if (entries.length === 0) throw withoutFindings(request.regions.column.name, problems);
  const located: Located[] = [];
  let cut = '';
  await withModel(workspace, run, async (network, model) => {
    cut = explainedCut(network, request.cut);
    const settings = { cut, method: request.method, classes: run.classes, target };
    let finished = 0;
    const paths = entries.map(({ path }) => path);
    await readPictures(paths, run, model, {
      signal,
      async done(index, picture) {
        const entry = entries[index]!;
        try {
          if (picture instanceof CutpointError) throw picture;
          const { width, height } = picture.levels;
          const region = await regionFor(entry, { width, height });
          const x = picture.input();
          const { raw, target: explained } = activationMaps(network, x, settings)[0]!;
          x.dispose();
          const view = { width, height, size: model.input.width, fit: run.plan.fit };
          const found = find(restoreMap(raw, view).map, region, {
            tolerance: request.tolerance * Math.max(width, height),
            threshold: request.threshold,
          });
          const { file, patient } = entry;
          located.push({
            ...{ file, class: run.classes[explained]!, patient, identity: picture.identity, ...found },
            region: drawnOf(entry, request.regions.folder),
          });
        } catch (thrown) {
          if (!(thrown instanceof CutpointError) || thrown.kind !== 'user') throw thrown;
          problems.push({ file: entry.file, code: thrown.code, message: thrown.message });
        }
        progress({ done: ++finished, total: entries.length });
        await breathe();
      },
    });
  });
  for (const list of [located, problems]) list.sort((a, b) => (a.file < b.file ? -1 : 1));
  const { groupColumn: name } = request.regions;
  const { grouping, identifiers } = await identifyGroups(
    located.map((each) => ({ ...each, label: '' })),
    name === undefined ? {} : { column: { name, named: true } },
  );
  const grouped = located.map((each, at) => ({ ...each, group: identifiers[at] ?? `file:${each.file}` }));
  return {
    ...{ class: request.class ?? null, cut, method: request.method, images: located.length, withoutRegion, grouping },
    patientKnown: identifiers.filter((identifier) => identifier !== undefined).length,
    blank: located.filter(({ peak }) => peak === null).length,
    ...summarise(grouped, request),
    perImage: located.map(({ file, class: name, area, peak, hit, strictHit, iou, region }) => ({
      ...{ file, class: name, area, peak, hit, strictHit, iou, region },
    })),
    problems,
  };
}

/** The finding, for who draws it. */
const drawnOf = ({ boxes, mask }: RegionEntry, folder: string): Localisation['perImage'][number]['region'] => ({
  boxes: boxes.map(({ left, top, right, bottom }) => [left, top, right, bottom]),
  mask: mask === undefined ? null : relative(folder, mask),
});

/** @throws CutpointError INPUT_INVALID where the finding does not fit the image, and what reading a mask throws */
async function regionFor({ boxes, mask }: RegionEntry, size: { width: number; height: number }): Promise<Region> {
  const { width, height } = size;
  const own = `${width} × ${height} pixels`;
  if (mask === undefined) {
    const outside = boxes.some(({ right, bottom }) => right >= width || bottom >= height);
    if (outside) throw unfit(`A box reaches outside the image, which has ${own}.`);
    return regionOf(boxes, size);
  }
  const { levels } = await readLevels(mask);
  if (levels.width !== width || levels.height !== height)
    throw unfit(`The mask has ${levels.width} × ${levels.height} pixels, the image ${own}.`);
  const inside = Uint8Array.from({ length: width * height }, (_, i) =>
    Number(levels.pixels[i * levels.channels]! > 127),
  );
  if (!inside.includes(1)) throw unfit('The mask is empty.');
  return { ...size, inside };
}

function unfit(message: string): CutpointError {
  return new CutpointError('INPUT_INVALID', message, {
    remedy: 'Boxes and masks are in the pixels of the file itself.',
  });
}

function withoutFindings(column: string, problems: Localisation['problems']): CutpointError {
  return new CutpointError(
    'FOLDER_EMPTY',
    `The column "${column}" of the table has no finding${problems.length === 0 ? '' : ' that can be used'}.`,
    { remedy: 'Name the column with boxes (xmin ymin xmax ymax) or paths of masks.', details: { problems } },
  );
}
