// A strategy of your own, made of one of the package: it lies while its score is high, and repairs it once that is low.

/** @type {import('reputation-sim').Plugin} */
export default ({ z, defineStrategy, settings, builtIn }) => {
  const honest = builtIn('strategy', 'honest');
  const plain = honest.settings.parse({ kind: 'honest' });
  const score = (meaning) => settings.quantity({ unit: 'score', least: 0, most: 2, meaning });
  return {
    strategy: [
      defineStrategy({
        kind: 'milker',
        meaning: 'Lies at a high score, repairs it at a low one.',
        isAttacker: true,
        settings: z.strictObject({
          kind: z.literal('milker'),
          high: score('Score above which it begins to lie').default(0.8),
          low: score('Score below which it stops').default(0.6),
        }),
        plan: (_settings, identities) => honest.plan(plain, identities),
        create: ({ high, low }, context, attack) => {
          const upright = honest.create(plain, context, attack);
          const { nodes, truth } = context;
          const isLying = new Uint8Array(nodes.capacity);
          const lies = (node) => {
            if (nodes.score[node] > high) isLying[node] = 1;
            else if (nodes.score[node] < low) isLying[node] = 0;
            return isLying[node] === 1;
          };
          return {
            ...upright,
            // operators know of their own answers what the network can't
            answer: (node, attempt) => (lies(node) ? truth.loneLie(attempt, 0.1) : upright.answer(node, attempt)),
          };
        },
      }),
    ],
  };
};
