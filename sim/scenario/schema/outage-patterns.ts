import { type Distribution, exponential, lognormal, weibull } from '../../engine/distributions.js';
import { secondsPerDay as day, secondsPerHour as hour } from '../../model/contract/units.js';

/** Sessions and outages of a machine in turn [s]. */
export interface Renewal {
  readonly up: Distribution;
  readonly down: Distribution;
}

/** Named patterns of a machine's own outages. */
export const outagePresets = ['none', 'heavy-tailed', 'exponential'] as const;
export type OutagePreset = (typeof outagePresets)[number];

/**
 * A named pattern; null for none. `heavy-tailed` sessions are the Weibull maximum-likelihood fit to 5,982 provider
 * sessions of a decentralised compute network in January 2019 (shape 0.616, scale 15.91 h); its outages, median 30 min
 * with σ 1, and `exponential` (mean time to failure 7 d, to repair 1 h) are this project's assumptions.
 */
export function outagePattern(name: OutagePreset): Renewal | null {
  if (name === 'heavy-tailed') return { up: weibull(0.616, 15.91 * hour), down: lognormal(0.5 * hour, 1) };
  if (name === 'exponential') return { up: exponential(168 * hour), down: exponential(hour) };
  return null;
}

/** Named patterns of outages that many machines share. */
export const sharedOutagePresets = ['power-failure', 'isp-failure'] as const;
export type SharedOutagePreset = (typeof sharedOutagePresets)[number];

/** When a shared outage comes, how long it lasts [s], and which share of the machines it strikes. */
export interface SharedOutagePattern {
  readonly between: Distribution;
  readonly for: Distribution;
  readonly share: number;
}

/**
 * A named pattern, all figures this project's assumptions: the grid fails every 60 days, for an hour (median, σ 1), and
 * takes a fifth of the machines; an internet provider every 20 days, for half an hour, with a tenth of them.
 */
export function sharedOutagePattern(name: SharedOutagePreset): SharedOutagePattern {
  if (name === 'power-failure') return { between: exponential(60 * day), for: lognormal(hour, 1), share: 0.2 };
  return { between: exponential(20 * day), for: lognormal(0.5 * hour, 1), share: 0.1 };
}
