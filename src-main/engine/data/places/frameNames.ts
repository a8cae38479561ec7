/** Digits of a frame's number: in the order of their names frames are in the order of the file. */
const DIGITS = 5;
const FRAME = /^(.+)[\\/]frame (\d{5})$/s;

/** What a frame is called: `scan.dcm/frame 00003`. No file is called so, since its folder would be a file. @param frame from 0 */
export const frameName = (file: string, frame: number): string =>
  `${file}/frame ${String(frame + 1).padStart(DIGITS, '0')}`;

/** The file that a name leads to, with its frame from 0 where the name is that of one. */
export function withoutFrame(name: string): { file: string; frame?: number } {
  const [, file, number] = FRAME.exec(name) ?? [];
  const frame = Number(number) - 1;
  return file !== undefined && frame >= 0 ? { file, frame } : { file: name };
}
