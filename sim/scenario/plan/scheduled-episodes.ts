import type { Episode } from '../../record/tables/episodes.js';
import { stressName } from './expected-windows.js';
import type { FleetPlan } from './fleet/fleet-plan.js';
import type { PlannedChange } from './governance/planned-change.js';
import type { PlannedScenario } from './planned-scenario.js';
import { type StressSpan, stressSpans } from './stress/stress-spans.js';

/**
 * What a scenario says beforehand about attacks, stress and changes of rules, up to the horizon, from the plans that
 * schedule its events.
 *
 * @param isPassed whether a vote was for its change, by its number
 * @param isFelt whether a span befell anybody; what strikes nobody is no episode
 */
export function scheduledEpisodes(
  plans: readonly FleetPlan[],
  attackers: readonly string[],
  { scenario, changes }: PlannedScenario,
  isFelt: (span: StressSpan) => boolean,
  isPassed: (vote: number) => boolean,
): readonly Episode[] {
  const stress = stressSpans(scenario).filter(isFelt).map(toEpisode);
  const enacted = changes.filter(({ vote }) => vote === null || isPassed(vote.number));
  const episodes = [...attackEntries(plans, attackers), ...stress, ...enacted.map(ofChange)];
  return episodes.flatMap((episode) => {
    if (episode.startSeconds > scenario.horizon) return [];
    return [{ ...episode, endSeconds: Math.min(episode.endSeconds, scenario.horizon) }];
  });
}

function toEpisode(span: StressSpan): Episode {
  const { kind, scope, startSeconds, endSeconds } = span;
  return { kind, scope, startSeconds, endSeconds, label: stressName(span) };
}

/** Settings of a change that its mark names; more would hide the mark's neighbours. */
const settingsNamed = 3;

/** The moment at which settings of the protocol change. */
function ofChange(change: PlannedChange): Episode {
  const { at, vote } = change;
  const label = `${vote === null ? '' : 'by vote '}${changeInWords(change)}`;
  return { kind: 'change', scope: 'all', startSeconds: at, endSeconds: at, label };
}

/** Such as `reputation.loss becomes 0.01, stake.minimum 20`. */
export function changeInWords({ settings }: PlannedChange): string {
  const named = settings.slice(0, settingsNamed).map(({ path, value }, place) => {
    return `${path} ${place === 0 ? 'becomes ' : ''}${value}`;
  });
  const more = settings.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
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
