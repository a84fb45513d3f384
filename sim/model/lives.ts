import { handleStep } from './columns/rows/side-by-side.js';
import { createAssigning } from './jobs/assigning.js';
import type { AttemptEnds } from './jobs/attempt-ends.js';
import { createChallenges } from './jobs/challenges.js';
import { createCharges } from './jobs/charges.js';
import { createExecution } from './jobs/execution.js';
import { createPanelLife } from './jobs/panel-life.js';
import { createReturning } from './jobs/returning.js';
import { createSettlement } from './jobs/settlement.js';
import { createSlots } from './jobs/slots.js';
import { createSubmission } from './jobs/submission.js';
import { createVerdicts } from './jobs/verdicts.js';
import { createMatching } from './matching/matching.js';
import { createRests } from './matching/rests.js';
import { createServing } from './matching/serving.js';
import { createSolvency } from './matching/solvency.js';
import { createActivity } from './nodes/activity.js';
import { createAppeals } from './nodes/appeals.js';
import { createAvailability } from './nodes/availability.js';
import { createBribes } from './nodes/bribes.js';
import { createClassScoring } from './nodes/class-scores.js';
import { createCollateral } from './nodes/collateral.js';
import { createDelegating } from './nodes/delegating.js';
import { Eclipses } from './nodes/eclipses.js';
import { createDelegators } from './nodes/economy/delegators.js';
import { createEntriesAndExits } from './nodes/economy/entries-and-exits.js';
import { createLending } from './nodes/economy/lending.js';
import { createResourceTokens } from './nodes/economy/resource-tokens.js';
import { createTreasury } from './nodes/economy/treasury.js';
import { createEpochs } from './nodes/epochs.js';
import { createGovernance } from './nodes/governance/governance.js';
import { createHands } from './nodes/hands.js';
import { createInsurance } from './nodes/insurance.js';
import { createNodeLife } from './nodes/node-life.js';
import { createPenalties } from './nodes/penalties.js';
import { createPublication } from './nodes/publication.js';
import { createSuspensions } from './nodes/suspension/suspensions.js';
import { createOutside } from './outside/outside.js';
import type { Instruments } from './truth/instruments.js';
import { eachOpenOfClients, type World } from './world/world.js';

export type Lives = ReturnType<typeof createLives>;

/**
 * The parts of the lives of jobs and nodes, each made of those that it calls.
 *
 * A job's way: submission → assigning → execution → returning → panel → verdicts → settlement. What ends an attempt
 * goes against that order: it calls `returning`, which is made after it. It is bound late here, and nothing else is.
 */
export function createLives(world: World, instruments: Instruments) {
  const ends: AttemptEnds = {
    resultArrived: (attempt) => returning.resultArrived(attempt),
    attemptLost: (attempt, finding) => returning.attemptLost(attempt, finding),
    panelClosed: (panel) => returning.panelClosed(panel),
    follow: (step, attempt) => returning.follow(step, attempt),
    withdrawOpen: (job) => returning.withdrawOpen(job),
    jobFinal: (job, heldSeconds) => verdicts.jobFinal(job, heldSeconds),
    jobStranded: (job) => returning.jobStranded(job),
  };
  const matching = createMatching(world);
  const rests = createRests(world, matching);
  const solvency = createSolvency(world, matching);
  const availability = createAvailability(world);
  const slots = createSlots(world, availability);
  const charges = createCharges(world, solvency);
  const execution = createExecution(world, slots, charges, ends);
  const assigning = createAssigning(world, { matching, rests, solvency, execution }, ends);
  const serving = createServing(world, matching, assigning.serveWaiting);
  const treasury = createTreasury(world);
  const submission = createSubmission(world, { assigning, serving, solvency, treasury });
  const activity = createActivity(world, matching);
  const delegating = createDelegating(world, { activity, matching, solvency });
  const delegators = createDelegators(world, delegating);
  const publication = createPublication(world, matching, delegators);
  const classScoring = createClassScoring(world, publication);
  const insurance = createInsurance(world, solvency);
  const lending = createLending(world, activity, solvency);
  const collateral = createCollateral(world, {
    activity,
    delegating,
    insurance,
    lending,
    matching,
    serving,
    solvency,
  });
  const resourceTokens = createResourceTokens(world, { activity, matching, solvency });
  const nodeLife = createNodeLife(world, {
    activity,
    availability,
    classScoring,
    collateral,
    delegating,
    execution,
    matching,
    publication,
    resourceTokens,
    serving,
    slots,
    solvency,
  });
  const appeals = createAppeals(world, instruments);
  const penalties = createPenalties(world, { appeals, classScoring, collateral, nodeLife });
  const settlement = createSettlement(world, { classScoring, penalties, solvency, treasury });
  const bribes = createBribes(world, solvency);
  const eclipses = new Eclipses(world.operators);
  const panelLife = createPanelLife(world, instruments, { bribes, eclipses, serving }, ends);
  const challenges = createChallenges(world, instruments, { assigning, settlement, solvency, treasury }, ends);
  const verdicts = createVerdicts(world, { challenges, matching, settlement });
  const returning = createReturning(world, {
    assigning,
    challenges,
    execution,
    matching,
    panelLife,
    serving,
    verdicts,
  });
  const hands = createHands(world, {
    bribes,
    collateral,
    delegating,
    eclipses,
    nodeLife,
    settlement,
    solvency,
    submission,
  });
  const suspensions = createSuspensions(world, { activity, availability });
  const epochs = createEpochs(world, {
    activity,
    availability,
    classScoring,
    delegators,
    eclipses,
    entriesAndExits: createEntriesAndExits(world, nodeLife),
    hands,
    insurance,
    lending,
    matching,
    nodeLife,
    penalties,
    settlement,
    solvency,
    suspensions,
    treasury,
  });
  const governance = createGovernance(world, {
    activity,
    classScoring,
    epochs,
    nodeLife,
    publication,
    resourceTokens,
    solvency,
  });
  const outside = createOutside(world, { ...nodeLife, connectionRestored: serving.serveAfterReview });
  /** At the horizon: who waits is told with the reason, and what runs or accrues is credited up to it. */
  function endRun(): void {
    const { jobs, journal, machines } = world;
    eachOpenOfClients(world, (job) => {
      if (jobs.isWaiting[job] === 0 || jobs.attemptsMade[job]! > 0) return;
      const why = matching.unservedReasons.whyFor(job);
      journal.jobLacksNode(job, why.reason, matching.capacity);
      journal.jobWaits(job, why);
    });
    epochs.settleAccrued();
    for (let machine = 0; machine < machines.end; machine += handleStep) slots.creditRunning(machine);
  }

  return {
    challenges,
    assigning,
    collateral,
    endRun,
    matching,
    rests,
    execution,
    serving,
    submission,
    publication,
    resourceTokens,
    availability,
    nodeLife,
    panelLife,
    returning,
    hands,
    epochs,
    governance,
    outside,
  };
}
