import type { Command } from 'commander';
import type { OutputOf } from '../../contract/index.ts';
import type { Explanation } from '../../contract/explain.ts';
import { addPictureOptions, addTargetOptions, picturesOf, targetOf, type PictureOptions, type TargetOptions } from '../options/explain.ts'; // prettier-ignore
import { intoFolder, write } from '../pictures/folder.ts';
import { npy } from '../pictures/npy.ts';
import { overlay } from '../../engine/explain/overlay.ts';
import { refuseNothing, tellPartial } from '../problem.ts';
import { withEngine } from '../session.ts';
import { describeMaps, type MapRow } from '../text/explain.ts';
import { whole } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

interface Options extends TargetOptions, PictureOptions {
  out: string;
  npy: boolean;
}

/** Images in one answer of the engine, which holds them all in memory. */
const TOGETHER = 8;

type Answer = OutputOf<'explain.map'>;

export function addExplain(program: Command): void {
  const command = program
    .command('explain')
    .argument('<run>', 'run, as `cutpoint runs` lists it')
    .argument('[files...]', 'images')
    .requiredOption('--out <dir>', 'new folder for the maps; files in it are named by numbers, so that no name tells of a patient')
    .option('--npy', 'also the map in the pixels of the original image, as float32 (NumPy)', false)
    .addHelpText(
      'after',
      `
The gradient is that of the class's logit. For each image it writes NNN-overlay.png (the map over the image, viridis:
yellow is highest), NNN-map.png (grey, transparent outside the network's view) and NNN-raw.csv (before negative values are
set to zero, at the resolution of the features); maps.json has the rest. Check a map before you trust it: explain-check.`,
    ); // prettier-ignore
  addPictureOptions(addTargetOptions(command)).action(
    (run: string, files: string[], options: Options, command: Command) => {
      const pictures = picturesOf(files, options);
      const folder = pathOf(options.out);
      return withEngine(command, ({ client, output, signal }) =>
        intoFolder(folder, async () => {
          const rows: MapRow[] = [];
          const problems: { file: string; code: string; message: string }[] = [];
          let answer: Answer | undefined;
          for (let start = 0; start < pictures.length; start += TOGETHER) {
            const chunk = pictures.slice(start, start + TOGETHER);
            answer = await client.call(
              'explain.map',
              {
                ...{ run, ...targetOf(options), values: options.npy, image: true },
                pictures: chunk.map(({ picture }) => picture),
              },
              {
                signal,
                onProgress: ({ done }) =>
                  output.progress(`explaining ${whole(start + done)} of ${whole(pictures.length)} images`),
              },
            );
            for (const map of answer.maps) {
              const number = start + map.picture + 1;
              rows.push({ number, name: chunk[map.picture]!.name, map, files: await writeMap(folder, number, map) });
            }
            for (const { picture, ...problem } of answer.problems)
              problems.push({ file: chunk[picture]!.name, ...problem });
          }
          refuseNothing(rows, problems);
          tellPartial(problems);
          const { classes, cut, method, input, fit } = answer!;
          const about = { run, classes, cut, method, gradientOf: 'logit', input, fit };
          // Numbers only: names of files often hold the patient's.
          const maps = rows.map(({ number, map, files }) => ({ number, ...withoutPictures(map), files }));
          await write(folder, 'maps.json', `${JSON.stringify({ ...about, maps }, null, 2)}\n`);
          const document = {
            ...about,
            folder,
            maps: maps.map((map, i) => ({ file: rows[i]!.name, ...map })),
            problems,
          };
          output.result(document, () => describeMaps({ cut, method, folder, rows, problems }));
        }),
      );
    },
  );
}

async function writeMap(folder: string, number: number, { raw, restored, image }: Explanation): Promise<string[]> {
  const rows = Array.from({ length: raw.height }, (_, y) => raw.values.slice(y * raw.width, (y + 1) * raw.width));
  const contents: Record<string, Uint8Array | string> = {
    'overlay.png': await overlay(image!, restored.png),
    'map.png': restored.png,
    'raw.csv': `${rows.map((row) => row.join(',')).join('\n')}\n`,
    ...(restored.values === null ? {} : { 'map.npy': npy(restored.values, [restored.height, restored.width]) }),
  };
  const names = Object.keys(contents).map((name) => `${String(number).padStart(3, '0')}-${name}`);
  for (const [i, content] of Object.values(contents).entries()) await write(folder, names[i]!, content);
  return names;
}

function withoutPictures({ picture: _, image: _image, raw: { height, width }, restored, ...map }: Explanation) {
  const { png: _png, values: _values, ...size } = restored;
  return { ...map, raw: { height, width }, restored: size };
}
