import { basename, dirname } from 'node:path';
import { CutpointError } from '../../contract/errors.ts';
import { readCertificate } from '../export/beside.ts';
import { readWholeOnnx } from '../export/onnx/predict.ts';
import { readWholeTfjs } from '../export/tfjs/predict.ts';
import { damaged } from '../export/whole.ts';

/**
 * Refuses an export of Cutpoint that comes back as a source and is not what was written: by its seal where it has one,
 * by the certificate beside it otherwise. Files of others have neither.
 * @param sha256 of the file, or of `model.json` and its shards
 * @throws CutpointError MODEL_DAMAGED
 */
export async function requireWholeExport(file: string, format: string, sha256: string): Promise<void> {
  const isTfjs = format === 'tfjs-layers';
  const path = isTfjs && basename(file) === 'model.json' ? dirname(file) : file;
  const { certificate } = await readCertificate(path);
  if (certificate !== null && certificate.file.sha256 !== sha256)
    throw damaged(path, 'it is not the file that the certificate beside it was written for');
  if (!isTfjs && format !== 'onnx') return;
  await (isTfjs ? readWholeTfjs(path) : readWholeOnnx(path)).catch((thrown: unknown) => {
    if (thrown instanceof CutpointError && thrown.code === 'MODEL_DAMAGED') throw thrown;
    // Not of Cutpoint.
  });
}
