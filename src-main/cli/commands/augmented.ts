import type { Command } from 'commander';
import { viewerMethods } from '../../contract/viewer.ts';
import { NumericOption } from '../options/numeric.ts';
import { addSettings, namedSettings } from '../options/train.ts';
import { intoFolder, write } from '../pictures/folder.ts';
import { tellPartial } from '../problem.ts';
import { withEngine } from '../session.ts';
import { counted } from '../text/units.ts';
import { pathOf } from '../../userPath.ts';

const SETTINGS = ['augmentation', 'input', 'fit', 'seed'] as const;

export function addAugmented(program: Command): void {
  const { count } = viewerMethods['data.augmented'].input.shape;
  const command = program
    .command('augmented')
    .argument('<data>', 'folder of images')
    .argument('<files...>', 'images, relative to DATA')
    .requiredOption('--out <dir>', 'new folder: of each image one as it is, and its variants')
    .addOption(new NumericOption('--count <n>', 'variants of each image', { one: count }));
  addSettings(command, SETTINGS).action(
    (data: string, files: string[], options: { out: string; count?: number }, command: Command) => {
      const folder = pathOf(options.out);
      return withEngine(command, ({ client, output, signal }) =>
        intoFolder(folder, async () => {
          const asked = { folder: pathOf(data), files, ...namedSettings(command, SETTINGS), ...(options.count && { count: options.count }) }; // prettier-ignore
          const { images, problems } = await client.call('data.augmented', asked, { signal });
          tellPartial(problems);
          const written: string[] = [];
          for (const [at, { plain, variants }] of images.entries()) {
            for (const [variant, png] of [plain, ...variants].entries()) {
              const name = `${at + 1}-${variant === 0 ? 'plain' : variant}.png`;
              await write(folder, name, png);
              written.push(name);
            }
          }
          output.result({ folder, files: written, problems }, () =>
            [
              `${counted(written.length, 'image')} in ${folder}`,
              ...problems.map(({ file, code, message }) => `  ${file}: ${message} [${code}]`),
            ].join('\n'),
          );
        }),
      );
    },
  );
}
