import type { Handlers } from '../../contract/index.ts';
import { fileHeader, imagePixels, previewImage, thumbnails } from '../data/preview.ts';
import { writeSampleStudy } from '../data/sample.ts';
import { glanceAt } from '../data/glance.ts';
import { unpackArchive } from '../data/unpack.ts';
import type { Workspace } from '../store/workspace.ts';
import { AuditedImages } from './images.ts';
import { moveData } from './moveData.ts';

type DataMethod = Exclude<Extract<keyof Handlers, `data.${string}`>, 'data.augmented'>;

export function dataHandlers(workspace: Workspace): Pick<Handlers, DataMethod> {
  const audited = new AuditedImages(workspace);
  return {
    'data.audit': async (selection, call) => (await audited.audit(selection, call)).report,
    'data.images': (input, call) => audited.images(input, call),
    'data.glance': ({ folder }, { signal }) => glanceAt(folder, signal),
    'data.preview': previewImage,
    'data.thumbnails': thumbnails,
    'data.pixels': imagePixels,
    'data.header': fileHeader,

    'data.sample': ({ folder }, { signal, progress }) =>
      writeSampleStudy(folder, { signal, onProgress: (done: number, total: number) => progress({ done, total }) }),

    'data.unpack': ({ file }, { signal, progress }) =>
      unpackArchive(file, workspace.paths.dropped, {
        signal,
        onProgress: (done, total) => progress({ done, total }),
      }),

    'data.move': (input, call) => moveData(workspace, input, call),
  };
}
