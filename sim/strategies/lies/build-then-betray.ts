import { z } from 'zod';
import { quantileSorted } from '../../kernels/quantile.js';
import { AttemptKind } from '../../model/columns/attempts.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy } from '../../model/contract/definition.js';
import type { Strategy } from '../../model/contract/roles.js';
import { duration, flag, fraction, quantity, toDuration } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/** Fees that it remembers of the time of building. */
const feesMost = 1_000;

/**
 * Serves until its score or a day is reached, and then lies, in the dearest jobs alone if so told (build, then milk:
 * Hoffman, Zage and Nita-Rotaru 2009). A node that began to betray goes on.
 */
export const buildThenBetray = defineStrategy({
  kind: 'build-then-betray',
  meaning: 'Serves honestly until a score or a day, then lies, in the dearest jobs first.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('build-then-betray'),
    until: duration({ meaning: 'Time at which all begin to lie, if they haven’t yet' }).prefault('20d'),
    untilScore: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score at which a node begins to lie earlier; default: none',
    }).optional(),
    dearest: fraction({
      meaning: 'Share of the jobs in which it lies: those with the highest fees, as it saw them while building',
    }).default(1),
    computes: flag({ meaning: 'Whether it spends the work on an answer that it then falsifies' }).default(false),
    shift: shiftSetting(),
  }),
  remarks: ({ dearest, shift, until, untilScore }, outline) => {
    const { horizonSeconds, scores } = outline;
    if (untilScore !== undefined && untilScore > scores.highest) {
      const expected = `at most the highest score, ${scores.highest}`;
      return [{ setting: 'untilScore', expected, found: `${untilScore}`, why: 'so that no score is ever enough' }];
    }
    if (untilScore === undefined && until >= horizonSeconds) {
      const expected = 'a time before the horizon, or untilScore';
      return [{ setting: 'until', expected, found: toDuration(until), why: 'so that nobody ever lies' }];
    }
    return dearest > 0
      ? shiftRemarks(shift, outline)
      : [{ setting: 'dearest', expected: 'a share above 0', found: '0', why: 'so that nobody ever lies' }];
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, jobs, nodes, truth } = context;
    const service = honestService(context);
    /** What it resolved as it took up each attempt: the score can move while it is at work. */
    const lying = new Map<number, boolean>();
    const betrays = new Uint8Array(nodes.capacity);
    const fees: number[] = [];
    let seen = 0;
    /** The least fee of a job that is worth a lie [micro-tokens]; NaN until it is asked for. */
    let dear = Number.NaN;
    const remember = (fee: number) => {
      fees[seen++ % feesMost] = fee;
    };
    const isDear = (fee: number) => {
      if (settings.dearest === 1 || fees.length === 0) return true;
      if (Number.isNaN(dear))
        dear = quantileSorted(
          [...fees].sort((a, b) => a - b),
          1 - settings.dearest,
        );
      return fee >= dear;
    };
    const lies = (node: number, attempt: number) => {
      if (attempts.kind[attempt] === AttemptKind.check) return false;
      const { until, untilScore } = settings;
      if (context.now() >= until) betrays[node] = 1;
      if (untilScore !== undefined && nodes.publishedScore[node]! >= untilScore) betrays[node] = 1;
      return betrays[node] === 1 && isDear(jobs.fee[attempts.job[attempt]!]!);
    };
    return {
      ...service,
      accepts: (node, attempt) => {
        if (betrays[node] === 0) remember(jobs.fee[attempts.job[attempt]!]!);
        return true;
      },
      workFraction: (node, attempt) => {
        const isLie = lies(node, attempt);
        lying.set(attempt, isLie);
        return isLie && !settings.computes ? 0 : 1;
      },
      answer: (node, attempt) =>
        lying.get(attempt) === true ? truth.loneLie(attempt, settings.shift) : service.answer(node, attempt),
    };
  },
});
