import type { Architecture } from '../../../backbone/architecture.ts';
import type { NetworkState } from '../../../contract/similarity.ts';

/** Whether a network says of what class an image is, as LEEP needs it: only a softmax that was trained does. */
export const hasTrainedSoftmax = ({ classifier }: Pick<Architecture, 'classifier'>, state: NetworkState): boolean =>
  state.kind === 'run' && state.at === 'best' && classifier === 'softmax';
