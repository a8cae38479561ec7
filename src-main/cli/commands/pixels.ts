import { basename, dirname } from 'node:path';
import type { Command } from 'commander';
import { dataMethods, type ImagePixels } from '../../contract/data.ts';
import { NumericOption } from '../options/numeric.ts';
import { intoFolder, write } from '../pictures/folder.ts';
import { npy } from '../pictures/npy.ts';
import { withEngine } from '../session.ts';
import { paragraphs, table } from '../text/table.ts';
import { pathOf } from '../../userPath.ts';

/** Types of NumPy. */
const NUMPY: Record<ImagePixels['type'], string> = {
  ...{ uint8: '|u1', int8: '|i1', uint16: '<u2', int16: '<i2' },
  ...{ uint32: '<u4', int32: '<i4', float32: '<f4', float64: '<f8' },
};

interface Options {
  out?: string;
  frame?: number;
  input?: number;
}

export function addPixels(program: Command): void {
  const { frame } = dataMethods['data.pixels'].input.shape;
  const { size } = dataMethods['data.preview'].input.shape;
  program
    .command('pixels')
    .argument('<file>', 'an image')
    .option(
      '--out <dir>',
      'new folder: samples.npy as the file has them, and network.png as a network sees the image; one of more than 8 bits without a window from its own darkest to its own brightest value',
    )
    .addOption(
      new NumericOption('--frame <n>', 'of several frames or pages, from 0; without it the one that is trained on', {
        one: frame.unwrap(),
      }),
    )
    .addOption(new NumericOption('--input <pixels>', 'side of what the network sees', { one: size, standard: 224 }))
    .action((file: string, { out, frame, input = 224 }: Options, command: Command) => {
      const path = pathOf(file);
      const image = { folder: dirname(path), file: basename(path) };
      const folder = out === undefined ? null : pathOf(out);
      return withEngine(command, async ({ client, output, signal }) => {
        const look = async (): Promise<void> => {
          const { samples, ...facts } = await client.call('data.pixels', { ...image, frame }, { signal });
          if (folder !== null) {
            const { png } = await client.call('data.preview', { ...image, size: input }, { signal });
            const { height, width, channels, type } = facts;
            const shape = channels === 1 ? [height, width] : [height, width, channels];
            await write(folder, 'samples.npy', npy(samples, shape, NUMPY[type]));
            await write(folder, 'network.png', png);
          }
          output.result({ ...facts, folder }, () =>
            paragraphs(
              table([{ title: '' }, { title: '' }], rowsOf(facts)),
              facts.notes.join('\n'),
              folder !== null && `samples.npy and network.png in ${folder}`,
            ),
          );
        };
        await (folder === null ? look() : intoFolder(folder, look));
      });
    });
}

const rowsOf = ({ format, width, height, channels, type, bitsStored, frames, dicom }: Omit<ImagePixels, 'samples'>) =>
  [
    ['Format', format],
    ['Size', `${width} × ${height} px, ${channels === 1 ? 'grey' : 'colour'}`],
    ['Samples', `${type}${bitsStored === null ? '' : `, ${bitsStored} bits of them`}`],
    ['Frames', String(frames)],
    ...(dicom ? [['Photometric', dicom.photometric]] : []),
    ...(dicom?.rescale ? [['Rescale', `${dicom.rescale.slope} × sample + ${dicom.rescale.intercept}`]] : []),
    ...(dicom?.windows ?? []).map(({ centre, width: across, kind }) => [
      'Window',
      `centre ${centre}, width ${across} (${kind})`,
    ]),
  ] as string[][];
