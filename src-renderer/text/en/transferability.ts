/** Estimates of transferability: at the cuts of a network, and of sources side by side. */
export default {
  estimates: { logMe: 'LogME', hScore: 'H-score', nLeep: 'N-LEEP', parc: 'PARC', leep: 'LEEP' },
  cuts: '{n} cut | {n} cuts',
  sources: '{n} source | {n} sources',
  runs: '{n} run | {n} runs',
  epochs: '{n} epoch | {n} epochs',
  against: {
    fineTuned:
      'Beside fine-tuning: mean validation AUROC of {runs} ({epochs}) of {things}, on these images and with the same settings.',
    probe:
      'Beside the AUROC of the linear probe. It is measured on the same features as the estimates, so that agreement says little of fine-tuning.',
  },
  unmeasured: {
    cuts: 'Whether such estimates rank the cuts as fine-tuning does is not known: there are no completed runs at two or more of them on these images that differ in nothing else.',
    sources:
      'Whether such estimates rank the sources as fine-tuning does is not known: there are no completed runs from two or more of them on these images that differ in nothing else.',
  },
  verdict: {
    noGround:
      'On your own images {estimate} ranked {things} as {what} did with Kendall’s τ {value} ({certainty}): this is no ground to choose by it.',
    agrees:
      'On your own images {estimate} ranked {things} as {what} did with Kendall’s τ {value} ({certainty}): more than chance, also after Holm’s correction for all estimates here. On other images it may be otherwise.',
    unknown: '{estimate}: with {things} of which both are known, or all of them equal, nothing can be said.',
  },
  probed: 'Beside the linear probe {estimate} ranked {things} with Kendall’s τ {value} ({certainty}).',
  what: { fineTuned: 'fine-tuning', probe: 'the probe' },
  interval: '{low} to {high}; p {p}',
  pAlone: 'p {p}',
  p: { small: '< 0.001', exactly: '= {p}' },
  neighbours:
    'Neighbouring cuts are alike: intervals and p-values take them for independent, and are too narrow and too small.',
  fail: 'On medical images such estimates are known to fail (arXiv:2308.07444, arXiv:2412.20172): by themselves they are no ground to choose.',
  table: 'Rank correlations',
  columns: {
    estimate: 'Estimate',
    kendall: 'Kendall’s τ-b',
    weightedKendall: 'Weighted τ',
    spearman: 'Spearman’s ρ',
    n: 'n',
    p: 'p',
  },
  drawn: 'p with ~ is of permutations drawn at random, all others of all orders.',
  shown: 'Estimate of transferability',
  none: 'None',
  missing: 'This probe has not measured {estimate}.',
  measure: 'Measure it',
  withoutLeep:
    'LEEP needs the class probabilities of the source’s own classifier: it is there for runs that were trained here with a softmax, and not for pretrained weights, which are kept without their classifier.',
};
