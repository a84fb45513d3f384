import { z } from 'zod';
import { defineReputationModel, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { quantity } from '../../model/contract/settings.js';

const score = (meaning: string) => quantity({ unit: 'score', least: 0, most: 100, meaning });

/** Scores are integer ten-thousandths, so that steps add up exactly. */
const units = 10_000;

/**
 * A score that steps up with each success and down with each failure; zero drift at success rate loss/(gain + loss).
 */
export const step = defineReputationModel({
  kind: 'step',
  meaning: 'Each success adds a step, each failure subtracts one; availability check-ins count, too.',
  settings: z
    .strictObject({
      kind: z.literal('step'),
      lowest: score('Lowest score').default(0),
      highest: score('Highest score').default(2),
      initial: score('Score of a new node').default(1),
      gain: score('Added by a successful job').default(0.005),
      loss: score('Subtracted by a failed job').default(0.02),
      checkInGain: score('Added by an availability check-in made').default(0.0005),
      checkInLoss: score('Subtracted by an availability check-in missed').default(0.002),
    })
    .superRefine(({ lowest, highest, initial }, context) => {
      const [path, message] =
        lowest > highest
          ? ['highest', `expected highest to be at least lowest, ${lowest}`]
          : ['initial', 'expected a score from lowest to highest'];
      const isInside = lowest <= initial && initial <= highest;
      if (!isInside) context.addIssue({ code: 'custom', path: [path], message });
    }),
  scores: ({ lowest, highest, initial, checkInGain }, isCheckedIn) => {
    const kept = (value: number) => Math.round(value * units) / units;
    const unworked = kept(isCheckedIn && kept(checkInGain) > 0 ? highest : initial);
    return { lowest: kept(lowest), reachesLowest: true, highest: kept(highest), initial: kept(initial), unworked };
  },
  remarks: (settings) => {
    const steps = ['gain', 'loss', 'checkInGain', 'checkInLoss'] as const;
    const isStill = (name: (typeof steps)[number]) => Math.round(settings[name] * units) === 0;
    const found: Remark[] = [];
    const add = (setting: string, value: number, expected: string, why: string) => {
      found.push({ setting, expected, found: String(value), why });
    };
    const least = `a step of at least ${1 / units}`;
    for (const name of steps) {
      if (isStill(name) && settings[name] > 0) add(name, settings[name], least, 'so that it counts as 0');
    }
    if (isStill('gain') && isStill('loss')) {
      const isEver = !steps.every(isStill);
      add(
        'gain',
        settings.gain,
        `${least}, here or as loss`,
        `so that no ${isEver ? 'job' : 'score'} ever moves${isEver ? ' a score' : ''}`,
      );
    }
    return found;
  },
  create: (settings, { kinds, nodes }): ReputationModel => {
    const inUnits = settings.map((values) => ({
      lowest: Math.round(values.lowest * units),
      highest: Math.round(values.highest * units),
      initial: Math.round(values.initial * units),
      gain: Math.round(values.gain * units),
      loss: Math.round(values.loss * units),
      checkInGain: Math.round(values.checkInGain * units),
      checkInLoss: Math.round(values.checkInLoss * units),
    }));
    return {
      lowest: () => inUnits.now.lowest / units,
      highest: () => inUnits.now.highest / units,
      prior: () => inUnits.now.initial / units,
      scoreMoved: (node, change) => {
        const { lowest, highest } = inUnits.now;
        const moved = Math.round((nodes.score[node]! + change) * units);
        return Math.min(highest, Math.max(lowest, moved)) / units;
      },
      historyReset: () => inUnits.now.initial / units,
      scoreAfter: ({ job, kind, count }, current) => {
        let change = 0;
        if (kind === EvidenceKind.success) change = inUnits.of(job).gain;
        else if (kinds.isFailure[kind] === 1) change = -inUnits.of(job).loss;
        else if (kind === EvidenceKind.checkInMade) change = inUnits.now.checkInGain;
        else if (kind === EvidenceKind.checkInMissed) change = -inUnits.now.checkInLoss;
        if (change === 0) return current;
        const { lowest, highest } = inUnits.now;
        const changed = Math.round(current * units) + change * count;
        return Math.min(highest, Math.max(lowest, changed)) / units;
      },
    };
  },
});
