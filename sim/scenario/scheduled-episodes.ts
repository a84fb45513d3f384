import type { Episode } from '../record/episodes.js';
import type { FleetPlan } from './fleet-plan.js';

/**
 * What a scenario says beforehand about attacks and stress, up to the horizon.
 *
 * Scheduled stress (regional and provider-wide outages, surges, maintenance windows) adds its rows here, one source
 * after the other, from the same plans that schedule its events.
 */
export function scheduledEpisodes(
  plans: readonly FleetPlan[],
  attackers: readonly string[],
  horizonSeconds: number,
): readonly Episode[] {
  const sources: readonly (readonly Episode[])[] = [attackEntries(plans, attackers)];
  return sources.flat().flatMap((episode) => {
    if (episode.startSeconds > horizonSeconds) return [];
    return [{ ...episode, endSeconds: Math.min(episode.endSeconds, horizonSeconds) }];
  });
}

/** When the declared identities of attackers' cohorts join: from the first to the last. */
function attackEntries(plans: readonly FleetPlan[], attackers: readonly string[]): readonly Episode[] {
  return plans.flatMap((plan): Episode[] => {
    if (!attackers.includes(plan.name)) return [];
    let [first, last] = [Number.POSITIVE_INFINITY, 0];
    for (let node = 0; node < plan.nodes; node++) {
      const at = plan.joinsAt(node);
      if (at === Number.POSITIVE_INFINITY) continue;
      first = Math.min(first, at);
      last = Math.max(last, at);
    }
    // Those who are there from the start join nothing.
    if (last === 0) return [];
    return [{ kind: 'attackEntry', scope: plan.name, startSeconds: first, endSeconds: last, label: 'joins' }];
  });
}
