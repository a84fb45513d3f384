import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JobOutcome } from '../../sim/model/columns/jobs.js';
import { Attestation } from '../../sim/model/contract/roles.js';
import { eachOpenOfClients, type World } from '../../sim/model/world/world.js';
import { Recorder } from '../../sim/record/recorder.js';
import { namesIn } from '../../sim/record/tables/table.js';
import { runRecorded } from '../../sim/run.js';
import { casesOf } from '../support/effort.js';
import { attemptsOf, panelsOf } from '../support/invariants.js';
import { anyScenario } from '../support/random-scenarios.js';
import { loadText, records, tableNamed } from '../support/scenarios.js';

const outcomeName = namesIn(JobOutcome);

/** Counts what the tables of `--detail` are to hold, by what the model tells and asks. */
class Counting extends Recorder {
  readonly outcomes = new Map<string, number>();
  readonly replies = { signed: 0, refused: 0 };
  asked = 0;
  #seen!: World;

  override watch(world: World): void {
    super.watch(world);
    this.#seen = world;
    for (const { strategy } of world.cohorts) {
      const attests = strategy.attests;
      strategy.attests = (...given) => {
        const reply = attests(...given);
        // observers of spot-checks, which are no client's, have no row
        if (world.jobKeys.isSpotCheck(world.attempts.job[given[1]]!)) return reply;
        if (reply === Attestation.signs) this.replies.signed++;
        if (reply === Attestation.refuses) this.replies.refused++;
        return reply;
      };
    }
  }

  override jobFinal(...given: Parameters<Recorder['jobFinal']>): void {
    super.jobFinal(...given);
    const [job, outcome] = given;
    this.#count(outcomeName(outcome));
    this.#countAsked(job);
  }

  override jobUnfunded(...given: Parameters<Recorder['jobUnfunded']>): void {
    super.jobUnfunded(...given);
    this.#count('unfunded');
  }

  override finish(): void {
    super.finish();
    eachOpenOfClients(this.#seen, (job) => {
      this.#count('open');
      this.#countAsked(job);
    });
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  #countAsked(job: number): void {
    const { panels } = this.#seen;
    for (const attempt of attemptsOf(this.#seen, job)) {
      for (const panel of panelsOf(this.#seen, attempt)) this.asked += panels.asked[panel]!;
    }
  }
}

/** Half of the witnesses' replies come too late. */
const silentWitnesses = `
  horizon: 6h
  network: single
  protocol:
    verification: { kind: peer-attestation, errorProbability: 0.2, replyDelay: { exponential: { mean: 30s } } }
  fleet: { a: { nodes: 9, hardware: reference-cpu } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m } }
`;

describe('with --detail, in any scenario,', () => {
  it('every job submitted and every observer asked has a row, silent ones too', async () => {
    const total = { unfunded: 0, open: 0, unserved: 0, none: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(anyScenario, async (text) => {
        let seen: Counting | undefined;
        const result = await runRecorded(loadText(text), {
          detail: true,
          createRecorder: (...given) => {
            seen = new Counting(...given);
            return seen;
          },
        });
        const jobs = records(tableNamed(result, 'jobs'));
        const countOf = (outcome: string) => jobs.filter((job) => job.outcome === outcome).length;
        expect(jobs.length).toBe(result.jobs);
        for (const outcome of Object.keys(JobOutcome)) {
          expect(countOf(outcome), outcome).toBe(seen!.outcomes.get(outcome) ?? 0);
        }
        expect(new Set(jobs.map(({ workload, ordinal }) => `${workload}/${ordinal}`)).size).toBe(jobs.length);
        for (const job of jobs) {
          expect(job.unservedReason !== null).toBe(job.outcome === 'unserved');
          expect(job.finalSeconds === null).toBe(job.outcome === 'open');
        }

        const asked = records(tableNamed(result, 'attestations'));
        const repliesOf = (reply: string) => asked.filter((one) => one.reply === reply).length;
        expect(asked.length).toBe(seen!.asked);
        expect(repliesOf('signed')).toBe(seen!.replies.signed);
        expect(repliesOf('refused')).toBe(seen!.replies.refused);
        expect(repliesOf('none')).toBe(asked.length - seen!.replies.signed - seen!.replies.refused);
        const nodes = tableNamed(result, 'nodes').rowCount;
        const places = new Set(
          asked.map((one) => `${one.workload}/${one.ordinal}/${one.attempt}/${one.panel}/${one.observer}`),
        );
        expect(places.size).toBe(asked.length);
        for (const { observer, node } of asked) {
          expect(Number(observer)).toBeLessThan(nodes);
          expect(Number(observer)).toBeGreaterThanOrEqual(0);
          expect(observer).not.toBe(node);
        }
        for (const outcome of ['unfunded', 'open', 'unserved'] as const) total[outcome] += countOf(outcome);
        for (const reply of ['none', 'refused'] as const) total[reply] += repliesOf(reply);
      }),
      { numRuns: casesOf(150), seed: 9, examples: [[silentWitnesses]] },
    );
    for (const [name, count] of Object.entries(total)) expect(count, name).toBeGreaterThan(0);
  });
});
