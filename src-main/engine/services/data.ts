import type { Handlers } from '../../contract/index.ts';
import { previewImage } from '../data/preview.ts';
import { writeSampleStudy } from '../data/sample.ts';
import { scanDataset } from '../data/scan.ts';
import type { Workspace } from '../store/workspace.ts';

export function dataHandlers({ salt }: Workspace): Pick<Handlers, 'data.audit' | 'data.preview' | 'data.sample'> {
  return {
    async 'data.audit'(selection, { signal, progress }) {
      const onProgress = (done: number, total: number): void => progress({ done, total });
      return (await scanDataset(selection, { salt: salt.toString('hex'), signal, onProgress })).report;
    },

    'data.preview': ({ folder, file, size }) => previewImage(folder, file, size),

    'data.sample': ({ folder }, { signal, progress }) =>
      writeSampleStudy(folder, { signal, onProgress: (done: number, total: number) => progress({ done, total }) }),
  };
}
