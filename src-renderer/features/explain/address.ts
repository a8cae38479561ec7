import type { LocationQuery } from 'vue-router';
import { explainMethod, type ExplainedPicture, type ExplainMethod } from '../../../src-main/contract/explain.ts';
import type { MeasuredPart } from '../../../src-main/contract/evaluation.ts';
import { join } from '../../logic/format.ts';
import { chosenOf, pickImages, type Chosen, type Predicted } from '../results/predicted.ts';
import { partOf } from '../results/resultsStore.ts';

export const TABS = ['maps', 'similarity', 'movement', 'filters'] as const;
export type Tab = (typeof TABS)[number];

/** What the address says of the maps on screen. */
export interface MapsAddress {
  part: MeasuredPart;
  /** One image by its place in the part, or several. */
  show: { at: number } | Chosen;
  /** Left out: the class predicted; of several labels, the most probable one. */
  class: string | undefined;
  /** Of several labels an image, the one whose mistakes are shown. */
  label: string | undefined;
  /** Left out: the last layer. */
  cut: string | undefined;
  method: ExplainMethod;
  /** The run whose maps stand beside. */
  other: string | undefined;
  over: boolean;
}

const text = (value: LocationQuery[string] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

export const tabOf = (query: LocationQuery): Tab => TABS.find((tab) => tab === query.tab) ?? 'maps';

export function mapsAddress(query: LocationQuery): MapsAddress {
  const at = Number(text(query.at));
  return {
    part: partOf(query.part),
    show: query.show === 'one' && Number.isInteger(at) && at >= 0 ? { at } : chosenOf(query.show),
    class: text(query.class),
    label: text(query.label),
    cut: text(query.cut),
    method: explainMethod.options.find((each) => each === query.method) ?? 'grad-cam',
    other: text(query.with),
    over: query.view === 'over',
  };
}

/** The images that are meant, the most telling first. */
export function shownImages(
  images: readonly Predicted[],
  classes: readonly string[],
  show: MapsAddress['show'],
  /** Of several labels an image; left out: it has one class. */
  of?: { label: string | undefined },
): Predicted[] {
  if (typeof show === 'object' && 'at' in show) return images.filter(({ index }) => index === show.at);
  const label = of ? Math.max(0, classes.indexOf(of.label ?? '')) : classes.length === 2 ? 1 : 0;
  return pickImages(images, classes, { chosen: show, label, descending: true, several: of !== undefined });
}

/** As `explain.map` takes it. */
export const pictureOf = (part: MeasuredPart, folder: string, { index, file }: Predicted): ExplainedPicture =>
  typeof part === 'string' ? { split: part, index } : { file: join(folder, file) };
