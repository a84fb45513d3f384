/**
 * Seed of a replication: that of the scenario for the first, which is an ordinary run; `SEED/k` for replication k, so
 * that `sim run --seed SEED/k` is the same run by itself.
 *
 * @param replication from 1
 */
export function seedOf(seed: string, replication: number): string {
  return replication === 1 ? seed : `${seed}/${replication}`;
}
