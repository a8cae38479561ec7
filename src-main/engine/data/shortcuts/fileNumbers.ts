/** Digits that a number is made of. */
const MOST_DIGITS = 15;
/** Share of images whose number another patient has too, from which on it does not count all of them. */
const AGAIN = 0.1;
/** Images of a folder that tell. */
const LEAST_OF_FOLDER = 10;

/**
 * The first and the last number in the names of files, folders left aside: those say the label where labels are folders. A
 * number counts only where files were numbered through, patient by patient or image by image: where each folder begins anew,
 * the larger one has the larger numbers, and nothing follows from that.
 * @returns none, one or two lists, each with a number or undefined for each image
 */
export function fileNumbers(images: readonly { file: string; group: string }[]): (number | undefined)[][] {
  const runs = images.map(({ file }) => baseName(file).match(/\d+/g) ?? []);
  const [first, last] = [0, -1].map((from) => runs.map((own) => numberOf(own.at(from)))) as [Numbers, Numbers];
  const same = first.every((value, at) => value === last[at]);
  return (same ? [first] : [first, last]).filter((numbers) => isNumberedThrough(images, numbers));
}

type Numbers = (number | undefined)[];

const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits.slice(0, MOST_DIGITS));
const baseName = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.\w{1,6}$/, '');
const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

function isNumberedThrough(images: readonly { file: string; group: string }[], numbers: Numbers): boolean {
  const numbered = [...images.keys()].filter((at) => numbers[at] !== undefined);
  // Null: of several.
  const holders = new Map<number, string | null>();
  for (const at of numbered) {
    const [number, { group }] = [numbers[at]!, images[at]!];
    holders.set(number, (holders.get(number) ?? group) === group && holders.get(number) !== null ? group : null);
  }
  const share = (own: readonly number[]): number =>
    own.filter((at) => holders.get(numbers[at]!) === null).length / own.length;
  const folders = [...Map.groupBy(numbered, (at) => folderOf(images[at]!.file)).values()];
  return (
    numbered.length > 0 &&
    share(numbered) <= AGAIN &&
    folders.every((own) => own.length < LEAST_OF_FOLDER || share(own) <= AGAIN)
  );
}
