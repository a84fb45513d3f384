// A reputation model of your own: the latest jobs count most, by a mean that forgets.
// A scenario that names this file under `plugins` can name `last-jobs` as it names the kinds of the package.

/** @type {import('reputation-sim').Plugin} */
export default ({ z, defineReputationModel, settings, EvidenceKind }) => ({
  reputation: [
    defineReputationModel({
      kind: 'last-jobs',
      meaning: 'Share of the latest jobs that went well, by a mean that forgets.',
      settings: z.strictObject({
        kind: z.literal('last-jobs'),
        jobs: settings
          .count({ least: 1, most: 10_000, unit: 'jobs', meaning: 'Jobs after which one is mostly forgotten' })
          .default(20),
      }),
      // what scores it can give: warnings are made of it
      scores: () => ({ lowest: 0, reachesLowest: false, highest: 1 }),
      create: (live, { column, kinds }) => {
        // a number a node, 0 at first
        const share = column();
        const becomes = (node, value) => {
          share[node] = Math.min(1, Math.max(0, value));
          return share[node];
        };
        return {
          lowest: () => 0,
          highest: () => 1,
          prior: () => 0.5,
          nodeJoined: (node) => {
            becomes(node, 0.5);
          },
          // evidence is all that it sees, never whether a result is right; settings are read anew each time
          scoreAfter: ({ subject, kind }, score) => {
            const isFailure = kinds.isFailure[kind] === 1;
            if (!isFailure && kind !== EvidenceKind.success) return score;
            return becomes(subject, share[subject] + ((isFailure ? 0 : 1) - share[subject]) / live.now.jobs);
          },
          scoreMoved: (node, change) => becomes(node, share[node] + change),
          historyReset: (node) => becomes(node, 0.5),
        };
      },
    }),
  ],
});
