import type { FileHandle } from 'node:fs/promises';
import yauzl from 'yauzl';

/** Bytes read at once of an archive's directory. */
const PIECE = 2 ** 14;

/**
 * What yauzl reads through, in pieces that hold many entries of a directory. Positions beyond any file are an error that
 * it handles, not one that is thrown at it.
 */
export class ZipPositions extends yauzl.RandomAccessReader {
  readonly #handle: FileHandle;
  #piece = Buffer.alloc(0);
  #pieceStart = 0;

  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#copy(buffer.subarray(offset, offset + length), position).then(
      (bytesRead) => callback(null, bytesRead),
      (error: Error) => callback(error),
    );
  }

  async #copy(target: Buffer, position: number): Promise<number> {
    if (!Number.isSafeInteger(position)) throw new Error(`position ${position}`);
    const from = position - this.#pieceStart;
    if (from < 0 || from + target.length > this.#piece.length) {
      const piece = Buffer.alloc(Math.max(PIECE, target.length));
      const { bytesRead } = await this.#handle.read(piece, 0, piece.length, position);
      this.#piece = piece.subarray(0, bytesRead);
      this.#pieceStart = position;
    }
    return this.#piece.copy(target, 0, position - this.#pieceStart);
  }
}
