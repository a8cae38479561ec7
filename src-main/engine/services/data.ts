import { join, resolve, sep } from 'node:path';
import sharp from 'sharp';
import { CutpointError } from '../../contract/errors.ts';
import type { Handlers } from '../../contract/index.ts';
import { prepareImage } from '../data/prepare.ts';
import { writeSampleStudy } from '../data/sample.ts';
import { scanDataset } from '../data/scan.ts';
import type { Workspace } from '../store/workspace.ts';

export function dataHandlers({ salt }: Workspace): Pick<Handlers, 'data.audit' | 'data.preview' | 'data.sample'> {
  return {
    async 'data.audit'(selection, { signal, progress }) {
      const onProgress = (done: number, total: number): void => progress({ done, total });
      return (await scanDataset(selection, { salt: salt.toString('hex'), signal, onProgress })).report;
    },

    async 'data.preview'({ folder, file, size }) {
      const path = resolve(join(folder, file));
      if (!path.startsWith(resolve(folder) + sep)) {
        throw new CutpointError('INPUT_INVALID', `'${file}' is not inside the folder '${folder}'.`);
      }
      const pixels = await prepareImage(path, { size, fit: 'letterbox' });
      const png = await sharp(pixels, { raw: { width: size, height: size, channels: 3 } })
        .png()
        .toBuffer();
      return { png: png.toString('base64'), width: size, height: size, notes: [] };
    },

    'data.sample': ({ folder }, { signal, progress }) =>
      writeSampleStudy(folder, { signal, onProgress: (done: number, total: number) => progress({ done, total }) }),
  };
}
