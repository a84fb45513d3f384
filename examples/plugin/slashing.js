// A slashing rule of your own: every third failure costs a share of the stake.

/** @type {import('reputation-sim').Plugin} */
export default ({ z, defineSlashingRule, settings }) => ({
  slashing: [
    defineSlashingRule({
      kind: 'third-time',
      meaning: 'Takes a share of the stake at each third failure of a node.',
      settings: z.strictObject({
        kind: z.literal('third-time'),
        fraction: settings.fraction({ meaning: 'Share of the stake that is taken' }).default(0.1),
      }),
      // a setting with which it does nothing is told, as for the kinds of the package
      remarks: ({ fraction }) =>
        fraction > 0
          ? []
          : [{ setting: 'fraction', expected: 'a share above 0', found: '0', why: 'so that nobody loses anything' }],
      create: (live, { column, kinds }) => {
        const failures = column();
        return {
          nodeJoined: (node) => {
            failures[node] = 0;
          },
          // what it costs is filled in; 0 to begin with
          penalize: ({ subject, kind }, _score, penalty) => {
            if (kinds.isFailure[kind] !== 1) return;
            failures[subject] += 1;
            if (failures[subject] % 3 === 0) penalty.stakeFraction = live.now.fraction;
          },
        };
      },
    }),
  ],
});
