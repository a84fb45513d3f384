import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineSeconds } from '../../sim/model/columns/job-class.js';
import { JobOutcome } from '../../sim/model/columns/jobs.js';
import { NONE, NodeState } from '../../sim/model/columns/nodes.js';
import { UnservedReason } from '../../sim/model/columns/unserved-reason.js';
import { deadlineOf, type World } from '../../sim/model/world/world.js';
import { Recorder } from '../../sim/record/recorder.js';
import { namesIn } from '../../sim/record/tables/table.js';
import { runRecorded } from '../../sim/run.js';
import { casesOf } from '../support/effort.js';
import { attemptsOf } from '../support/invariants.js';
import { anyScenario } from '../support/random-scenarios.js';
import { loadText, records, tableNamed } from '../support/scenarios.js';

type Reason = keyof typeof UnservedReason;
const reasonName = namesIn(UnservedReason);

/** The reason by its definition: whoever is left after each question, node by node. */
function reasonByDefinition(world: World, job: number): Reason {
  const { bondLedger, classes, jobs, lanes, network, nodes, ownership, roles, rules, simulation } = world;
  const jobClass = jobs.jobClass[job]!;
  const lane = jobs.lane[job]!;
  const tried = attemptsOf(world, job).map((attempt) => world.attempts.node[attempt]!);
  const isInTime = (node: number, at: number) => {
    const [work, speed] = [jobs.work[job]!, nodes.throughput[node]!];
    const travel = network.roundTrip(jobs.region[job]!, nodes.region[node]!);
    const back = at + classes[jobClass]!.startUpSeconds + work / speed + travel;
    return back <= jobs.submittedAt[job]! + deadlineSeconds(deadlineOf(world, job), work, speed);
  };
  const isFree = (node: number) => nodes.assigned[node]! < nodes.slots[node]! + rules.now.queueLimit;
  const questions: [Reason, (node: number) => boolean][] = [
    ['noHardware', (node) => ((nodes.allowedClasses[node]! >> jobClass) & 1) === 1],
    [
      'noneOnline',
      (node) =>
        nodes.state[node] === NodeState.present &&
        nodes.isOnline[node] === 1 &&
        !network.isCut(jobs.region[job]!, nodes.region[node]!, simulation.now),
    ],
    ['lowStake', (node) => nodes.stake[node]! >= rules.now.minimumStake],
    ['noResourceToken', (node) => !rules.now.resourceToken || nodes.resourceToken[node] !== NONE],
    ['jailed', (node) => nodes.jailedUntil[node]! <= simulation.now && nodes.isSuspended[node] === 0],
    ['lowScore', (node) => nodes.publishedScoreFor(node, jobClass) >= lanes[lane]!.minimumScore],
    ['lowTier', (node) => ((nodes.allowedLanes[node]! >> lane) & 1) === 1],
    ['noBond', (node) => bondLedger.balance[ownership.operator[node]!]! >= roles.rewards.bond(job, node)],
    [
      'tried',
      (node) =>
        tried.every((other) => other !== node && nodes.declaredOperator[other] !== nodes.declaredOperator[node]),
    ],
    ['tooSlow', (node) => isInTime(node, jobs.submittedAt[job]!)],
    ['noWeight', (node) => roles.assignment.admits?.(job, node) ?? true],
  ];
  let left = Array.from({ length: nodes.count }, (_, node) => node);
  for (const [reason, passes] of questions) {
    left = left.filter(passes);
    if (left.length === 0) return reason;
  }
  const slotted = left.filter(isFree);
  const free = slotted.filter((node) => nodes.isResting[node] === 0);
  if (roles.assignment.hasCandidate(lane) && free.some((node) => !isInTime(node, simulation.now))) return 'tooLate';
  if (free.length < slotted.length) return 'resting';
  return slotted.length < left.length ? 'busy' : 'noWeight';
}

describe('in any scenario', () => {
  it('a job that nobody served, or that waits at the end, has the reason that asking every node gives', async () => {
    const seen = new Map<Reason, number>();
    let waitingOfAll = 0;
    await fc.assert(
      fc.asyncProperty(anyScenario, async (text) => {
        const wrong: unknown[] = [];
        let told = 0;
        let waiting = 0;
        class Asking extends Recorder {
          #asked!: World;

          override watch(world: World): void {
            super.watch(world);
            this.#asked = world;
          }

          override jobFinal(...given: Parameters<Recorder['jobFinal']>): void {
            super.jobFinal(...given);
            const [job, outcome, why] = given;
            expect(why !== null).toBe(outcome === JobOutcome.unserved);
            if (outcome !== JobOutcome.unserved) return;
            told++;
            // who was settled before may have been slashed or jailed for it
            if (this.#asked.jobs.attemptsMade[job]! > 0) return;
            const asked = reasonByDefinition(this.#asked, job);
            seen.set(asked, (seen.get(asked) ?? 0) + 1);
            const found = reasonName(why!.reason);
            expect(why!.cause !== NONE).toBe(found === 'noWeight');
            if (asked !== found) wrong.push([this.#asked.simulation.now, asked, found]);
          }

          override jobWaits(...given: Parameters<Recorder['jobWaits']>): void {
            super.jobWaits(...given);
            const [job, { reason }] = given;
            waiting++;
            const asked = reasonByDefinition(this.#asked, job);
            if (asked !== reasonName(reason)) wrong.push(['waits', asked, reasonName(reason)]);
          }
        }
        const result = await runRecorded(loadText(text, 'warmUp=0'), {
          createRecorder: (...given) => new Asking(...given),
        });
        expect(wrong.slice(0, 3)).toEqual([]);
        const rows = records(tableNamed(result, 'unserved'));
        expect(rows.reduce((sum, { jobs }) => sum + Number(jobs), 0)).toBe(told);
        expect(rows.reduce((sum, { openJobs }) => sum + Number(openJobs), 0)).toBe(waiting);
        waitingOfAll += waiting;
      }),
      { numRuns: casesOf(180), seed: 7 },
    );
    // each reason has a case of its own; which ones chance brings here depends on what is registered
    expect(seen.size).toBeGreaterThan(3);
    expect(waitingOfAll).toBeGreaterThan(0);
  });
});
