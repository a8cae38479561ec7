/** What people call images that belong to another one. */
const WORDS =
  'masks?|seg|segs|segmentations?|segmented|superpixels?|annotations?|annotated|ground[ _-]?truths?|gt|rois?|contours?|overlays?';
/** Spares most names the longer look. */
const ANY = /mask|seg|superpixel|annotat|truth|gt|roi|contour|overlay/i;
const AFTER = new RegExp(String.raw`^(.+?)[ _.-]+(?:${WORDS})(?:[ _.-]*\d+)?$`, 'i');
const BEFORE = new RegExp(String.raw`^(?:${WORDS})[ _.-]+(.+)$`, 'i');
/** A word alone may be half the name of a class: `no_mask`. */
const FOLDER =
  /^(?:mask|seg|roi|contour|overlay)$|(?:^|[ _.-])(?:masks|segmentations?|superpixels|annotations|ground.?truths?|gt|rois|contours|overlays)(?:$|[ _.-])/i;

/** No class is called so; `seg` may be one of neutrophils. */
const MASKS_ONLY =
  /^(?:masks?|segmentations?|superpixels?|annotations?|ground[ _-]?truths?|gt|rois?|contours?|overlays?)$/i;
/** Whether a folder is called as those of masks are. */
export const isMaskFolder = (name: string): boolean => FOLDER.test(name);

const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));
const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]+$/, '');

/** Names of the images that a file of this name may belong to: `a_seg_mask` to `a_seg` and to `a`. */
function* ownersOf(stem: string): Generator<string> {
  const before = BEFORE.exec(stem)?.[1];
  if (before !== undefined) yield before;
  for (let rest = AFTER.exec(stem)?.[1]; rest !== undefined; rest = AFTER.exec(rest)?.[1]) yield rest;
}

/**
 * Files that are masks or other companions of an image: named after one that lies beside them, or in a folder of masks
 * beside it. A name alone does not make one: a class of people with masks is a class.
 */
export function companionsOf(files: readonly string[]): Set<string> {
  const stems = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = folderOf(file);
    const own = stems.get(folder);
    if (own) own.add(stemOf(file));
    else stems.set(folder, new Set([stemOf(file)]));
  }
  const beside = besideMasks([...stems.keys()], stems);
  return new Set(
    files.filter((file) => {
      if (!ANY.test(file)) return false;
      const stem = stemOf(file);
      const images = beside.get(folderOf(file));
      if (images?.has(stem)) return true;
      const own = images ?? stems.get(folderOf(file))!;
      return [...ownersOf(stem)].some((owner) => own.has(owner));
    }),
  );
}

/** Of each folder of masks the names of the images that lie in the folder that it lies in, or in others there. */
function besideMasks(
  folders: readonly string[],
  stems: ReadonlyMap<string, ReadonlySet<string>>,
): Map<string, Set<string>> {
  const isMasks = (folder: string): boolean => isMaskFolder(folder.slice(folder.lastIndexOf('/') + 1));
  const above = Map.groupBy(folders.filter((folder) => !isMasks(folder)), folderOf); // prettier-ignore
  return new Map(
    folders.filter((folder) => folder !== '' && isMasks(folder)).map((folder) => {
      const parent = folderOf(folder);
      const images = [parent, ...(above.get(parent) ?? [])];
      return [folder, new Set(images.flatMap((each) => [...(stems.get(each) ?? [])]))];
    }),
  ); // prettier-ignore
}

/** Classes that are folders of masks: called so and nothing more, or called so with most of their files belonging to an image. */
export function maskClasses(
  files: readonly { file: string; label: string }[],
  companions: ReadonlySet<string>,
): string[] {
  return [...Map.groupBy(files, ({ label }) => label)]
    .filter(
      ([name, own]) =>
        MASKS_ONLY.test(name) ||
        (isMaskFolder(name) && own.filter(({ file }) => companions.has(file)).length * 2 >= own.length),
    ) // prettier-ignore
    .map(([name]) => name);
}
