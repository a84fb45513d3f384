// An assignment policy of your own: nodes are drawn by their scores, and who is new more often.

/** @type {import('reputation-sim').Plugin} */
export default ({ z, defineAssignmentPolicy, settings, drawnByWeight }) => ({
  assignment: [
    defineAssignmentPolicy({
      kind: 'open-door',
      meaning: 'Draws by score, and newcomers more often.',
      settings: z.strictObject({
        kind: z.literal('open-door'),
        jobs: settings
          .count({ unit: 'jobs', least: 1, most: 10_000, meaning: 'Findings after which a node is no newcomer' })
          .default(10),
        weight: settings.quantity({ unit: '1', least: 0, most: 100, meaning: 'Weight of a newcomer' }).default(2),
      }),
      create: (live, context) => {
        const seen = context.column();
        const { publishedScore } = context.nodes;
        // a draw in O(log n), whatever the weights are
        const drawn = drawnByWeight(context, (node) =>
          seen[node] < live.now.jobs ? live.now.weight : publishedScore[node],
        );
        return {
          ...drawn,
          nodeJoined: (node) => {
            seen[node] = 0;
          },
          evidenceArrived: ({ job, subject }) => {
            if (job < 0) return;
            seen[subject] += 1;
            if (seen[subject] === live.now.jobs) drawn.nodeChanged(subject);
          },
        };
      },
    }),
  ],
});
