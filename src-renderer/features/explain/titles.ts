import type { ExplainMethod } from '../../../src-main/contract/explain.ts';

/** As their papers call them. */
export const METHOD_TITLES: Readonly<Record<ExplainMethod, string>> = {
  'grad-cam': 'Grad-CAM',
  'grad-cam++': 'Grad-CAM++',
  'layer-cam': 'LayerCAM',
};
