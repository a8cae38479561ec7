import type { Handlers } from '../../contract/index.ts';
import { imagePixels, previewImage, thumbnails } from '../data/preview.ts';
import { writeSampleStudy } from '../data/sample.ts';
import { scanDataset } from '../data/scan.ts';
import type { Workspace } from '../store/workspace.ts';
import { moveData } from './moveData.ts';

export function dataHandlers(workspace: Workspace): Pick<Handlers, Extract<keyof Handlers, `data.${string}`>> {
  return {
    async 'data.audit'(selection, { signal, progress }) {
      const onProgress = (done: number, total: number): void => progress({ done, total });
      const salt = workspace.salt.toString('hex');
      return (await scanDataset(selection, { salt, signal, onProgress })).report;
    },

    'data.preview': previewImage,
    'data.thumbnails': thumbnails,
    'data.pixels': imagePixels,

    'data.sample': ({ folder }, { signal, progress }) =>
      writeSampleStudy(folder, { signal, onProgress: (done: number, total: number) => progress({ done, total }) }),

    'data.move': (input, call) => moveData(workspace, input, call),
  };
}
