import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../src-main/backbone/builder.ts';
import { cutNodes } from '../../src-main/backbone/cuts.ts';
import type { Graph } from '../../src-main/backbone/graph.ts';
import { withHead } from '../../src-main/backbone/head.ts';
import { inferShapes } from '../../src-main/backbone/shapes.ts';
import { truncate } from '../../src-main/backbone/truncate.ts';
import { backbones } from '../../src-main/backbone/zoo/index.ts';

/** Whether a walk from the input to the output exists that never steps on `avoided`: the definition, tried out. */
function canAvoid(graph: Graph, avoided: string): boolean {
  const output = graph.nodes.at(-1)!.name;
  const reached = new Set([graph.nodes[0]!.name]);
  const frontier = [graph.nodes[0]!.name];
  for (let at = frontier.pop(); at !== undefined; at = frontier.pop()) {
    for (const node of graph.nodes) {
      if (!node.inputs.includes(at) || node.name === avoided || reached.has(node.name)) continue;
      reached.add(node.name);
      frontier.push(node.name);
    }
  }
  return avoided !== output && reached.has(output);
}

function expectSoundCuts(graph: Graph): void {
  const names = cutNodes(graph).map((node) => node.name);
  const units = Map.groupBy(graph.nodes, (node) => node.unit);
  const expected = graph.nodes.filter(
    (node) => node.unit !== undefined && units.get(node.unit)!.at(-1) === node && !canAvoid(graph, node.name),
  );
  expect(names).toEqual(expected.map((node) => node.name));
  for (const name of names) {
    const kept = truncate(graph, name).nodes;
    expect(kept).toEqual(graph.nodes.slice(0, kept.length));
    expect(kept.at(-1)!.name).toBe(name);
    const inside = new Set(kept.map((node) => node.name));
    for (const node of graph.nodes.slice(kept.length)) {
      expect(node.inputs.filter((input) => inside.has(input) && input !== name)).toEqual([]);
    }
  }
}

describe('cuts', () => {
  it.each(backbones.map((backbone) => [backbone.name, backbone] as const))(
    'of %s are the ends of units that no path avoids, and nothing crosses them',
    (_name, backbone) => expectSoundCuts(backbone.build()),
  );

  it('of any graph are the ends of units that no path avoids', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ back: fc.nat(), skip: fc.option(fc.nat()), newUnit: fc.boolean() }), {
          minLength: 1,
          maxLength: 12,
        }),
        (steps) => expectSoundCuts(graphOf(steps)),
      ),
    );
  });

  it('refuses a cut inside a unit, and lists the valid ones', () => {
    const resnet = backbones.find((backbone) => backbone.name === 'resnet18')!.build();
    for (const cut of ['layer3.0.conv1', 'layer9.9', 'conv1', 'input', '']) {
      expect(() => truncate(resnet, cut)).toThrow(
        expect.objectContaining({
          code: 'CUT_UNKNOWN',
          remedy: expect.stringContaining('layer3.1'),
          details: { valid: expect.arrayContaining(['relu', 'maxpool', 'layer1.0', 'layer4.1']) },
        }),
      );
    }
  });
});

/** A graph of additions in which every node leads to the output. */
function graphOf(steps: { back: number; skip: number | null; newUnit: boolean }[]): Graph {
  const builder = new GraphBuilder();
  const names = [builder.add('input', 'input', [], { channels: 1 })];
  const unread = new Set(names);
  let unit = 0;
  steps.forEach((step, index) => {
    if (step.newUnit) unit++;
    builder.within('block', `unit${unit}`);
    const inputs = [names[step.back % names.length]!];
    if (step.skip !== null) inputs.push(names[step.skip % names.length]!);
    for (const input of inputs) unread.delete(input);
    names.push(builder.add('add', `n${index}`, inputs, {}));
    unread.add(`n${index}`);
  });
  builder.within('block', `unit${unit + 1}`);
  builder.add('add', 'output', [...unread], {});
  return builder.build('random');
}

describe('heads', () => {
  const backbone = truncate(backbones[0]!.build(), 'block_9_add');
  const image = { height: 64, width: 96 };

  it('pools to the channels, or flattens all, and ends in logits', () => {
    const pooled = withHead(backbone, { classes: 5, pooling: 'average', dropout: 0.2 });
    expect(pooled.nodes.slice(-3).map((node) => node.name)).toEqual(['head_pool', 'head_dropout', 'head_dense']);
    expect(inferShapes(pooled, image).get('head_pool')).toEqual([64]);
    expect(inferShapes(pooled, image).get('head_dense')).toEqual([5]);
    const flat = withHead(backbone, { classes: 2, pooling: 'flatten', dropout: 0 });
    expect(flat.nodes.slice(-2).map((node) => node.name)).toEqual(['head_flatten', 'head_dense']);
    expect(inferShapes(flat, image).get('head_flatten')).toEqual([4 * 6 * 64]);
  });

  it('refuses images of which nothing would be left', () => {
    const builder = new GraphBuilder();
    const input = builder.add('input', 'input', [], { channels: 3 });
    builder.within('block1', 'conv');
    const window = { kernel: [11, 11], stride: [4, 4], padding: 'valid' } as const;
    builder.add('conv', 'conv', [input], { ...window, filters: 8, bias: true, groups: 1 });
    const graph = builder.build('valid');
    expect(inferShapes(graph, { height: 11, width: 15 }).get('conv')).toEqual([1, 2, 8]);
    expect(() => inferShapes(graph, { height: 10, width: 15 })).toThrow(
      expect.objectContaining({ code: 'INPUT_TOO_SMALL', message: expect.stringContaining("'conv'") }),
    );
  });
});
