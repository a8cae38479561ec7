import type { GreyScale, HounsfieldWindow, NthWindow } from './greyScale.ts';

// Without the schemas: threads that read files ask for this, and would load them for nothing.

/** Share of the pixels that `middle` leaves out at either end. */
export const TAIL = 0.01;

export const isHounsfield = (chosen: GreyScale): chosen is HounsfieldWindow =>
  typeof chosen === 'object' && 'hounsfield' in chosen;

export const isNthWindow = (chosen: GreyScale): chosen is NthWindow => typeof chosen === 'object' && 'window' in chosen;
