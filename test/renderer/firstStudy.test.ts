import { Command } from 'commander';
import { createPinia, setActivePinia } from 'pinia';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backbones } from '../../src-main/backbone/zoo/index.ts';
import { suggestNetwork, suggestRun, suggestComparison } from '../../src-main/cli/options/suggested.ts';
import { addComparisonOptions, comparisonPlanOf } from '../../src-main/cli/options/comparison.ts';
import { addTrainOptions, namesSource, planOf } from '../../src-main/cli/options/train.ts';
import type { Client } from '../../src-main/contract/index.ts';
import { trainingPlan } from '../../src-main/contract/plan.ts';
import type { SourceSummary } from '../../src-main/contract/source.ts';
import type { ComparisonKind } from '../../src-main/contract/comparison/index.ts';
import { useConnection } from '../../src-renderer/engine/connectionStore.ts';
import { useData } from '../../src-renderer/features/data/dataStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
import { usePlan } from '../../src-renderer/features/train/planStore.ts';
import { services } from '../engine/services/inProcess.ts';
import { folderForFile } from '../support/folder.ts';

// A first run begins the same in window and command line, whatever weights there are.

const workspace = folderForFile();
let engine: Awaited<ReturnType<typeof services>>;
let present: SourceSummary[];
beforeAll(async () => {
  // What is typed is kept when a page is left.
  for (const name of ['window', 'document']) vi.stubGlobal(name, new EventTarget());
  engine = await services(workspace);
  present = await engine.call('source.list', {});
});
afterAll(() => engine.close());

const folder = resolve('study');
const own = { ...sourceLike('mine'), backbone: 'resnet18' };

/** A source as the engine lists it, of a file that a person has added. */
function sourceLike(name: string): SourceSummary {
  return {
    name,
    backbone: 'efficientnet_lite0',
    file: '/f',
    format: 'safetensors',
    sha256: '0',
    bytes: 1,
    addedAt: '2026-01-01T00:00:00.000Z',
    matched: 1,
    missing: 0,
    parameters: 1,
    catalogue: null,
    preprocessing: null,
    origin: null,
  };
}
const lite0 = { ...sourceLike('efficientnet-lite0'), catalogue: 'efficientnet-lite0' };
const formula = {
  ...sourceLike('formula-pictures'),
  backbone: 'mobilenet_v2_050_keras',
  catalogue: 'formula-pictures',
};

/** The engine, with these sources in place of those that the workspace has. */
function clientWith(sources: readonly SourceSummary[]): Client {
  const call = (method: string, input: unknown) =>
    method === 'source.list'
      ? Promise.resolve(sources)
      : engine.call(method as 'catalogue.list', input as Record<string, never>);
  return { call } as unknown as Client;
}

async function inWindow(sources: readonly SourceSummary[]) {
  setActivePinia(createPinia());
  useConnection().connection = { client: clientWith(sources) };
  useData().form.folder = folder;
  await useNetwork().refresh();
  return trainingPlan.parse(usePlan().plan);
}

async function suggested(sources: readonly SourceSummary[], ...args: string[]) {
  const command = addTrainOptions(new Command('train').exitOverride());
  command.parse(['--data', folder, ...args], { from: 'user' });
  const catalogue = await engine.call('catalogue.list', {});
  return suggestRun(planOf(command), { sources, catalogue }, { source: namesSource(command) });
}

async function probedNetwork(sources: readonly SourceSummary[], named: { backbone?: string; source?: string }) {
  const asked = { backbone: named.backbone ?? '', source: named.source ?? null };
  const catalogue = await engine.call('catalogue.list', {});
  return suggestNetwork(asked, { sources, catalogue }, { source: named.source !== undefined });
}

async function suggestedComparison(kind: ComparisonKind, sources: readonly SourceSummary[], ...args: string[]) {
  const command = addComparisonOptions(new Command(kind).exitOverride(), kind);
  command.parse(['--data', folder, ...args], { from: 'user' });
  const catalogue = await engine.call('catalogue.list', {});
  return suggestComparison(comparisonPlanOf(command, kind), { sources, catalogue }, { source: namesSource(command) });
}

describe('a folder and nothing else', () => {
  it.each([
    ['the fetched weights', [formula, own, lite0], 'efficientnet_lite0', 'efficientnet-lite0', '_blocks.10'],
    [
      'those in the repository, where set-up could not fetch',
      [own, formula],
      'mobilenet_v2_050_keras',
      'formula-pictures',
      'block_12_add',
    ],
    ['a source of one’s own, where nothing else is', [own], 'resnet18', 'mine', 'layer3.1'],
    ['none but in part: random weights', [{ ...own, missing: 3 }], backbones[0]!.name, null, 'block_12_add'],
    ['none: random weights', [], backbones[0]!.name, null, 'block_12_add'],
  ])('begins with %s', async (_, sources, backbone, source, cut) => {
    const { plan, said } = await suggested(sources);
    expect(plan).toMatchObject({ backbone, source, cut, strategy: 'truncated' });
    expect(said).toMatch(
      new RegExp(`^No --backbone is named, so it is .*${source ?? 'random weights'}.*cut after ${cut}\\.$`),
    );
    expect(await inWindow(sources)).toEqual(plan);
    const probed = await probedNetwork(sources, {});
    expect(probed).toMatchObject({ backbone, source });
    expect(probed.said).toMatch(/^No --backbone is named, so it is /);
  });

  it('begins with what there is in a fresh workspace', async () => {
    const { plan } = await suggested(present);
    expect(present.map(({ name }) => name)).toContain(plan.source);
    expect(await inWindow(present)).toEqual(plan);
  });
});

describe('what is named on the command line', () => {
  const all = [lite0, formula, own];

  it('a backbone alone starts from random weights, as ever, and what would fit is said', async () => {
    const { plan, said } = await suggested(all, '--backbone', 'resnet18');
    expect(plan).toMatchObject({ backbone: 'resnet18', source: null, cut: 'layer3.1' });
    expect(said).toMatch(/no --source is named, so it starts from random weights \('mine' would fit\)/);
  });

  it('of a probe, too', async () => {
    expect(await probedNetwork(all, { backbone: 'resnet18' })).toEqual({
      ...{ backbone: 'resnet18', source: null },
      said: "No --source is named, so it starts from random weights ('mine' would fit).",
    });
    expect(await probedNetwork(all, { source: 'mine' })).toMatchObject({ backbone: 'resnet18', source: 'mine' });
    const whole = { backbone: 'resnet18', source: 'mine' };
    expect(await probedNetwork(all, whole)).toEqual({ ...whole, said: null });
  });

  it('a source alone brings its backbone, and `none` keeps the suggested one', async () => {
    expect((await suggested(all, '--source', 'mine')).plan).toMatchObject({ backbone: 'resnet18', source: 'mine' });
    expect((await suggested(all, '--source', 'none')).plan).toMatchObject({
      backbone: 'efficientnet_lite0',
      source: null,
    });
    // The engine refuses it by its name.
    expect((await suggested(all, '--source', 'absent')).plan.source).toBe('absent');
  });

  it('whole plans stay as they are, without a word', async () => {
    const named = ['--backbone', 'resnet18', '--source', 'mine', '--cut', 'layer2.1'];
    expect(await suggested(all, ...named)).toMatchObject({ plan: { cut: 'layer2.1', source: 'mine' }, said: null });
    const { plan } = await suggested(all, '--backbone', 'resnet18', '--source', 'mine', '--strategy', 'full');
    expect(plan.cut).toBeUndefined();
    // An unknown one is for the engine to refuse.
    expect((await suggested(all, '--backbone', 'resnet51')).plan).toMatchObject({ backbone: 'resnet51' });
  });
});

describe('a comparison', () => {
  it.each([
    ['search', ['--method', 'fast'], { base: { backbone: 'efficientnet_lite0', source: 'efficientnet-lite0' } }],
    [
      'tournament',
      ['--strategies', 'full,truncated'],
      { base: { backbone: 'efficientnet_lite0' }, sources: ['efficientnet-lite0'], cuts: ['_blocks.10'] },
    ],
    [
      'tournament',
      ['--strategies', 'full,truncated', '--sources', 'mine'],
      { base: { backbone: 'resnet18' }, sources: ['mine'], cuts: ['layer3.1'] },
    ],
    ['learning-curve', [], { base: { backbone: 'efficientnet_lite0', source: 'efficientnet-lite0' }, cuts: [] }],
  ] as const)('%s %o begins with the same network', async (kind, args, plan) => {
    const { plan: found, said } = await suggestedComparison(kind, [lite0, formula, own], ...args);
    expect(found).toMatchObject(plan);
    expect(said).toMatch(/^No --backbone is named, so it is /);
  });
});
