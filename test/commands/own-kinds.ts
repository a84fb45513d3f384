/** A strategy that can be seen, a slashing rule, a metric of the end and one of windows. */
export const ownKinds = `export default ({ z, builtIn, oneEach, settings: { fraction } }) => ({
  strategy: [{
    kind: 'sleepy', meaning: 'Answers wrong.', isAttacker: true,
    settings: z.strictObject({ kind: z.literal('sleepy') }),
    plan: (_settings, identities) => oneEach(identities),
    create: (_settings, context, attack) => {
      const like = builtIn('strategy', 'always-wrong');
      return like.create(like.settings.parse({ kind: 'always-wrong' }), context, attack);
    },
  }],
  slashing: [{
    kind: 'blunt', meaning: 'Slashes each failure.',
    settings: z.strictObject({ kind: z.literal('blunt'), share: fraction({ meaning: 'Share' }).default(0.1) }),
    create: (settings, { kinds }) => ({
      penalize: ({ kind, job }, _score, penalty) => {
        if (kinds.isFailure[kind] === 1) penalty.stakeFraction = settings.of(job).share;
      },
    }),
  }],
  metrics: [
    { name: 'stakeLeft', unit: 'tokens', window: 'at the end', meaning: 'Stake left', isAtEnd: true,
      value: ({ world: { nodes } }) => nodes.stake.reduce((sum, stake) => sum + stake, 0) / 1e6 },
    { name: 'triesEach', unit: '1', window: 'after the warm-up', meaning: 'Attempts each',
      of: ({ tally }) => tally.attempts / tally.ended },
  ],
});`;

/** Of the plugin's kinds, `./own.mjs` beside it. */
export const scenario = `# What do sleepers lose?
plugins: [./own.mjs]
seed: own-1
horizon: 1d
warmUp: 1h
protocol: { epoch: 6h, verification: { kind: recompute, share: 0.5 }, slashing: blunt }
fleet:
  honest: { nodes: 8 }
  sleepers: { nodes: 4, strategy: sleepy }
workload: { w: { class: simulation, arrivals: { perHour: 20 } } }
expect:
  - { metric: stakeLeft, above: 0, over: { quantile: 0.5 } }
  - { metric: triesEach, at: { from: 6h, to: 18h }, above: 0.5 }
`;
