// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { nextTick } from 'vue';
import { CutpointError } from '../../src-main/contract/errors.ts';
import type { Handlers, InputOf } from '../../src-main/contract/index.ts';
import { exportOptions, type ExportRecord } from '../../src-main/contract/model.ts';
import RemoveDialog from '../../src-renderer/features/storage/RemoveDialog.vue';
import CutExplorer from '../../src-renderer/features/network/CutExplorer.vue';
import StrategyCards from '../../src-renderer/features/network/StrategyCards.vue';
import ExportScreen from '../../src-renderer/features/export/ExportScreen.vue';
import type { ChangeEvent } from '../../src-main/contract/changes.ts';
import { Followers } from '../../src-main/engine/jobs/followers.ts';
import { useChanges } from '../../src-renderer/engine/changesStore.ts';
import { useConnection } from '../../src-renderer/engine/connectionStore.ts';
import { useExports } from '../../src-renderer/features/export/exportsStore.ts';
import { useNetwork } from '../../src-renderer/features/network/networkStore.ts';
import { useRuns } from '../../src-renderer/features/runs/runsStore.ts';
import { useStorage } from '../../src-renderer/features/storage/storageStore.ts';
import { shown } from '../support/clicks.ts';
import { epochOf, runOf, runsEngine } from '../support/runsEngine.ts';
import { windowWith } from '../support/windowClient.ts';

// On a page without a browser: what is pressed, and what the engine is asked for then.

/** Removals that were asked for, of an engine that removes what it is told to, unless something stands in the way. */
function removing(needed: () => boolean = () => false) {
  const asked: InputOf<'storage.remove'>[] = [];
  const handlers: Partial<Handlers> = {
    'storage.remove': (input) => {
      asked.push(input);
      if (needed() && !input.withRuns)
        throw new CutpointError('IN_USE', 'A run needs it.', { details: { runs: ['r'], comparisons: [] } });
      const { kind, ids, dryRun } = input;
      const of = (which: string) => (kind === which ? ids : []);
      return {
        ...{
          dryRun,
          studies: [],
          runs: of('run'),
          comparisons: [],
          sources: of('source'),
          datasets: [],
          exports: [],
          jobs: [],
        },
        ...{ bytes: 2_000_000, notes: ['Its exported files stay.'] },
      };
    },
    ...{ 'source.list': () => [], 'catalogue.list': () => [] },
  };
  return { asked, handlers };
}

describe('the question before a removal', () => {
  const doomed = { kind: 'source', id: 'a', title: 'the weights ‘a’' } as const;

  async function asking(needed?: () => boolean) {
    const { asked, handlers } = removing(needed);
    const pinia = windowWith({ ...runsEngine().handlers, ...handlers });
    await useStorage().ask(doomed);
    const dialog = shown(RemoveDialog, pinia);
    await nextTick();
    return { dialog, asked };
  }

  it('removes where that is pressed, and is closed', async () => {
    const { dialog, asked } = await asking();
    expect(dialog.text()).toContain('Remove the weights ‘a’?');
    expect(dialog.text()).toMatch(
      /with 2.00 MB of files: ?1 copy of pretrained weights.*Its exported files stay.*cannot be undone/,
    );
    await dialog.press('Remove');
    expect(asked).toEqual([true, false].map((dryRun) => ({ kind: 'source', ids: ['a'], withRuns: false, dryRun })));
    expect(dialog.has('[role=dialog]')).toBe(false);
  });

  it.each(['Keep', 'Close'])('removes nothing where %s is pressed', async (button) => {
    const { dialog, asked } = await asking();
    await dialog.press(button);
    expect(dialog.has('[role=dialog]')).toBe(false);
    expect(asked.map(({ dryRun }) => dryRun)).toEqual([true]);
  });

  it('takes along what depends on it only once that was asked for and seen', async () => {
    const { dialog, asked } = await asking(() => true);
    expect(dialog.button('Remove').disabled).toBe(true);
    expect(dialog.text()).toContain('A run needs it.');
    expect(dialog.text()).not.toContain('It cannot be undone.');
    await dialog.press('Include what depends on it…');
    await dialog.press('Remove');
    expect(asked.map(({ withRuns, dryRun }) => [withRuns, dryRun])).toEqual([
      [false, true],
      [true, true],
      [true, false],
    ]);
  });
});

describe('the choice of the cut', () => {
  function choosing() {
    const pinia = windowWith({});
    const network = useNetwork();
    network.choose('resnet18');
    return { network, chooser: shown(CutExplorer, pinia), cards: shown(StrategyCards, pinia) };
  }

  it('by the list and the keys is one, and every count follows', async () => {
    const { network, chooser } = choosing();
    await chooser.choose('Cut after', /^layer2\.1 \(end of block\)$/);
    expect(network.cut?.name).toBe('layer2.1');
    const [early] = /[\d.]+ [MK]?/.exec(chooser.text().split('Parameters')[1]!)!;
    await chooser.key('[role=slider]', 'PageUp');
    expect(network.cut?.name).toBe('layer3.1');
    expect(chooser.text().split('Parameters')[1]).not.toContain(early);
    await chooser.key('[role=slider]', 'ArrowLeft');
    expect(network.cut?.name).toBe('layer3.0');
    await chooser.key('[role=slider]', 'End');
    expect(network.whole).toBe(true);
    expect(chooser.text()).toContain('The whole network, up to its last map.');
    // Nothing at all cannot be kept.
    await chooser.key('[role=slider]', 'Home');
    await chooser.key('[role=slider]', 'ArrowLeft');
    expect(network.cutIndex).toBe(0);
  });

  it('means what the strategy makes of it; one that takes the network as a whole has none', async () => {
    const { network, chooser, cards } = choosing();
    await chooser.choose('Cut after', /^layer2\.1 /);
    expect(network.planned).toEqual({
      ...{ strategy: 'truncated', cut: 'layer2.1', initialisation: 'pretrained', classifier: 'softmax' },
    });
    await cards.tick(/^Layer-wise/);
    expect(network.planned).toMatchObject({ strategy: 'layerwise', cut: 'layer2.1' });
    await cards.tick(/^Features and SVM/);
    expect(network.planned).toMatchObject({ strategy: 'features', classifier: 'svm', cut: 'layer2.1' });
    await cards.tick(/^Mean-Var/);
    expect(network.planned).toEqual({ strategy: 'full', initialisation: 'mean-var', classifier: 'softmax' });
    expect(chooser.text()).toContain('Mean-Var takes the network as a whole');
    expect(cards.text()).toContain('Needs pretrained weights.');
    await cards.tick(/^Truncated/);
    await chooser.key('[role=slider]', 'End');
    expect(network.planned).toEqual({ strategy: 'full', initialisation: 'pretrained', classifier: 'softmax' });
  });

  it('goes with pooling and channels, which change what the network weighs', async () => {
    const { network, cards: chooser } = choosing();
    const before = network.truncated.parameters;
    await chooser.choose('Head pooling', 'Flatten');
    expect(network.pooling).toBe('flatten');
    expect(network.truncated.parameters).toBeGreaterThan(before);
    await chooser.choose('Head pooling', /^Global average/);
    await chooser.choose('Channels', /^Grey/);
    expect(network.channels).toBe(1);
    expect(before - network.truncated.parameters).toBe(7 * 7 * 2 * 64);
  });
});

describe('an export', () => {
  async function exporting(answer: (input: InputOf<'model.export'>) => ExportRecord) {
    const asked: InputOf<'model.export'>[] = [];
    const written: ExportRecord[] = [];
    const changes = new Followers<ChangeEvent>();
    const engine = runsEngine(runOf('a', { epochs: [epochOf(1)], bestEpoch: 1 }));
    const pinia = windowWith({
      ...engine.handlers,
      'model.exports': () => written,
      'model.export': (input) => {
        asked.push(input);
        written.unshift(answer(input));
        changes.tell({ kind: 'export', ids: [input.id] });
        return written[0]!;
      },
      'changes.watch': async (_, { signal, progress }) => {
        await changes.follow(progress, { signal });
        return null;
      },
    });
    useConnection().doctor = { workspace: '/w' } as never;
    await useRuns().refresh();
    await useRuns().select('a');
    await useExports().show('a');
    void useChanges().listen();
    const screen = shown(ExportScreen, pinia);
    await nextTick();
    return { screen, asked };
  }

  it('is asked for as it was chosen, and shown on a card once it is written', async () => {
    const { screen, asked } = await exporting(recordOf);
    await screen.choose('Numbers', '16 bits: half the size');
    await screen.tick(/^Merge batch normalisation/);
    await screen.tick(/^Measure the speed/);
    await screen.enter('form input', '/out/model.onnx');
    await screen.submit();
    const variant = { precision: 'float16', foldBatchNorm: true, anySize: false };
    expect(asked).toEqual([
      {
        id: 'a',
        format: 'onnx',
        out: '/out/model.onnx',
        latency: false,
        again: false,
        overwrite: false,
        options: variant,
      },
    ]);
    await expect.poll(() => screen.text()).toMatch(/16-bit.*Written to ?\/out\/model\.onnx.*SHA-256 ?abc/);
    // Only ONNX has variants.
    await screen.tick(/^safetensors/i);
    expect(screen.text()).not.toContain('Merge batch normalisation');
    await screen.submit();
    expect(asked[1]).toMatchObject({ format: 'safetensors', options: exportOptions.parse({}) });
  });

  it('that is refused says why until that is dismissed', async () => {
    const { screen } = await exporting(() => {
      throw new CutpointError('FILE_EXISTS', 'There is something else.', { remedy: 'Name another file.' });
    });
    await screen.enter('form input', '/out/model.onnx');
    await screen.submit();
    expect(screen.text()).toContain('There is something else.Name another file.FILE_EXISTS');
    expect(screen.has('.alert')).toBe(true);
    await screen.press('Dismiss');
    expect(screen.has('.alert')).toBe(false);
  });

  it('needs a place to go to', async () => {
    const { screen } = await exporting(recordOf);
    expect(screen.button('Export').disabled).toBe(false);
    await screen.enter('form input', '  ');
    expect(screen.button('Export').disabled).toBe(true);
  });
});

function recordOf({ id, format, out, options }: InputOf<'model.export'>): ExportRecord {
  return {
    ...{ run: id, format, path: out, bytes: 9, sha256: 'abc', createdAt: '2026-01-01T00:00:00Z', stored: null },
    ...{ options: exportOptions.parse(options ?? {}), certificate: null, card: null, latency: null, effect: null },
    parity: {
      ...{ images: 8, largestDifference: 1e-6, meanDifference: 1e-7, changedDecisions: 0, runtime: 'x' },
      wholePath: null,
    },
  };
}
