// A reward rule of your own, made of one of the package: a node of lower score costs less, and clients keep the rest.

/** @type {import('reputation-sim').Plugin} */
export default ({ z, defineRewardRule, settings, builtIn }) => ({
  rewards: [
    defineRewardRule({
      kind: 'by-score',
      meaning: 'The price rises with the score, up to a premium; all else is as under fee-split.',
      settings: z.strictObject({
        kind: z.literal('by-score'),
        most: settings
          .fraction({ meaning: 'Premium of the best score, as a share of the price of the lowest' })
          .default(0.25),
      }),
      create: (live, context) => {
        const feeSplit = builtIn('rewards', 'fee-split');
        const plain = feeSplit.settings.parse({ kind: 'fee-split' });
        const split = feeSplit.create(
          live.map(() => plain),
          context,
        );
        const { jobs, nodes } = context;
        return {
          ...split,
          // whole micro-tokens, at most the fee
          price: (job, node) => {
            const { most } = live.of(job);
            return Math.floor((jobs.fee[job] * (1 + most * Math.min(1, nodes.publishedScore[node]))) / (1 + most));
          },
        };
      },
    }),
  ],
});
