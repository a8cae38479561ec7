import type { RunRow } from '../../../src-main/contract/run.ts';
import { moment } from '../../logic/format.ts';
import { backboneTitle } from '../../logic/network.ts';
import { said } from '../../text/index.ts';

/** What a run goes by: the name that a person gave it, or its network; two of one network are told apart by when they began. */
export const runName = ({ name, backbone, network, createdAt }: RunRow): string =>
  name ?? `${backboneTitle(backbone)}, ${said(network)}, ${moment(createdAt)}`;
