import { describe, expect, it } from 'vitest';
import { summarise } from '../../src-main/backbone/inspect.ts';
import { networksFor, PURPOSES } from '../../src-main/backbone/purpose.ts';
import { backbones, findBackbone } from '../../src-main/backbone/zoo/index.ts';
import type { SourceSummary } from '../../src-main/contract/source.ts';
import { catalogue } from '../../src-main/engine/catalogue/entries.ts';

const source = (name: string, backbone: string, entry: string | null = null): SourceSummary => ({
  ...{ name, backbone, file: `${name}.pth`, format: 'torch', sha256: '', bytes: 1, addedAt: '2026-11-01T00:00:00Z' },
  ...{ matched: 1, missing: 0, parameters: 1, catalogue: entry, preprocessing: null, origin: null },
});
const bundled = source('efficientnet-lite0', 'efficientnet_lite0', 'efficientnet-lite0');
const offered = (...args: Parameters<typeof networksFor>) => networksFor(...args).map(({ backbone }) => backbone);

describe('networks by purpose', () => {
  it('recommended are four: the one whose weights are here, and those whose cuts the paper measured', () => {
    expect(networksFor('recommended', { sources: [bundled], catalogue })).toEqual([
      {
        backbone: 'efficientnet_lite0',
        reasons: [
          { kind: 'weights', sources: ['efficientnet-lite0'] },
          { kind: 'small', parameters: expect.closeTo(3.371e6, -3), macs: expect.closeTo(383.908e6, -3) },
        ],
      },
      { backbone: 'resnet50', reasons: [{ kind: 'paper-default' }, { kind: 'medical', entries: 1 }] },
      {
        backbone: 'densenet121',
        reasons: [
          { kind: 'paper-compared', size: 'mid' },
          { kind: 'medical', entries: 6 },
        ],
      },
      {
        backbone: 'efficientnet_b0',
        reasons: [
          { kind: 'paper-compared', size: 'small' },
          { kind: 'small', parameters: expect.closeTo(4.008e6, -3), macs: expect.closeTo(384.535e6, -3) },
        ],
      },
    ]);
  });

  it('are offered under the names of the library whose weights are here', () => {
    const sources = [bundled, source('rad', 'resnet50_keras')];
    expect(offered('recommended', { sources, catalogue })[1]).toBe('resnet50_keras');
    expect(offered('weights', { sources, catalogue })).toEqual(['efficientnet_lite0', 'resnet50_keras']);
  });

  it('small ones come from small to large, medical ones have such weights', () => {
    const small = offered('small', { sources: [], catalogue }).map((name) => summarise(findBackbone(name)));
    expect(small.map(({ macs }) => macs)).toEqual(small.map(({ macs }) => macs).sort((a, b) => a - b));
    expect(small.length).toBeGreaterThan(5);
    expect(Math.max(...small.map(({ parameters }) => parameters))).toBeLessThanOrEqual(5e6);
    const medical = catalogue.filter(({ domain }) => domain === 'medical').map(({ backbone }) => backbone);
    expect(offered('medical', { sources: [], catalogue }).sort()).toEqual([...new Set(medical)].sort());
  });

  it('without any weights there is something for every purpose but weights; all are all, each once', () => {
    for (const purpose of PURPOSES) {
      const some = offered(purpose, { sources: [], catalogue });
      expect([purpose, some.length > 0]).toEqual([purpose, purpose !== 'weights']);
      expect(new Set(some).size).toBe(some.length);
    }
    expect(offered('all', { sources: [], catalogue })).toHaveLength(backbones.length);
  });
});
