// A verification scheme of your own: what nodes of low score return is computed again, and nothing else.

/** @type {import('reputation-sim').Plugin} */
export default ({ z, defineVerificationScheme, settings, AttemptKind, EvidenceKind, NextStep, oneAtATime }) => ({
  verification: [
    defineVerificationScheme({
      kind: 'second-opinion',
      meaning: 'Recomputes what nodes of low score return.',
      settings: z.strictObject({
        kind: z.literal('second-opinion'),
        below: settings
          .quantity({ unit: 'score', least: 0, most: 2, meaning: 'Score below which a result is recomputed' })
          .default(0.9),
      }),
      create: (live, context) => {
        const { attempts, instruments, nodes } = context;
        const isDoubted = (attempt) => nodes.score[attempts.node[attempt]] < live.of(attempts.job[attempt]).below;
        const isRecheck = (attempt) => attempts.kind[attempt] === AttemptKind.recheck;
        // attempts one by one until one returns, and then what is said here
        const chain = oneAtATime(context, (attempt) => (isDoubted(attempt) ? NextStep.recheck : NextStep.verdict));
        return {
          ...chain,
          proves: true,
          attemptEnded: (attempt) => (isRecheck(attempt) ? NextStep.verdict : chain.attemptEnded(attempt)),
          verdict: (attempt) => {
            if (!isRecheck(attempt) && !isDoubted(attempt)) return null;
            return instruments.recomputationAgrees(attempt) ? EvidenceKind.success : EvidenceKind.invalid;
          },
        };
      },
    }),
  ],
});
