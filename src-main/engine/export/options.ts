import { CutpointError } from '../../contract/errors.ts';
import type { ExportFormat, ExportOptions } from '../../contract/model.ts';

/**
 * Refuses what a format cannot do before any work is done.
 * @throws CutpointError INPUT_INVALID, saying what would work
 */
export function checkOptions(format: ExportFormat, { precision, foldBatchNorm, anySize }: ExportOptions): void {
  if (format === 'onnx') return;
  const asked = [
    precision === 'float32' ? undefined : `precision ${precision}`,
    foldBatchNorm ? 'merged batch normalisation' : undefined,
    anySize ? 'images of any size' : undefined,
  ].filter((each) => each !== undefined);
  if (asked.length === 0) return;
  throw new CutpointError('INPUT_INVALID', `Only an ONNX file can have ${asked.join(' and ')}.`, {
    remedy: 'Export as ONNX, or leave these options out.',
    details: { format, asked },
  });
}
