import type { KeyedDraw } from '../../engine/random-stream.js';
import { isWorking } from '../columns/machines.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex, type PanelIndex } from '../columns/nodes.js';
import { PanelRole, refusalOf, silenceOf } from '../columns/panels.js';
import type { RowGroup } from '../columns/rows/grouped-rows.js';
import { Purpose } from '../contract/purposes.js';
import { Attestation, type Bribe, type PanelRequest } from '../contract/roles.js';
import { EventKind, membersMost } from '../events.js';
import type { Serving } from '../matching/serving.js';
import type { Bribes } from '../nodes/bribes.js';
import type { Eclipses } from '../nodes/eclipses.js';
import type { Instruments } from '../truth/instruments.js';
import type { World } from '../world/world.js';
import type { AttemptEnds } from './attempt-ends.js';

function votedAs(isForSubject: boolean): Attestation {
  return isForSubject ? Attestation.signs : Attestation.refuses;
}

/** Draws that may fail before the pool is searched row by row. */
const triesMost = 64;
/** Numbers of draws lie so far apart for the panels of one attempt: more than a job has attempts. */
const drawsAPanel = 65_536;

export type PanelLife = ReturnType<typeof createPanelLife>;

interface Parts {
  readonly bribes: Bribes;
  readonly eclipses: Eclipses;
  readonly serving: Serving;
}

/**
 * Panels of peers asked about an attempt: who is drawn, when the last reply is due, what each says.
 *
 * Members are drawn without replacement, uniformly among those that the request allows. When each will reply is drawn
 * as it is asked, so that one event serves: all replies are taken as the last is due.
 */
export function createPanelLife(
  world: World,
  instruments: Instruments,
  { bribes, eclipses, serving }: Parts,
  ends: AttemptEnds,
) {
  const { attempts, cohorts, jobKeys, jobs, machines, network, nodes, onlineNodes, ownership, panels } = world;
  const { onlineByRegion, panelSecrets, presentNodes, roles, rules, simulation, workloads } = world;

  /** Moment: panel asked. `ends.panelClosed` follows now or later, but always. */
  function panelAsked(attempt: AttemptIndex, request: PanelRequest): void {
    const job = attempts.job[attempt]!;
    const panel = panels.take(attempt, request.role, jobs.stage[job]!, simulation.now);
    const number = attempts.number[attempt]! + earlierPanels(attempt) * drawsAPanel;
    panels.nextOfAttempt[panel] = attempts.lastPanel[attempt]!;
    attempts.lastPanel[attempt] = panel;
    drawMembers(panel, request, number);
    const lastReply = drawReplies(panel, request, number);
    if (lastReply === 0) panelReplied(panel);
    else schedule(EventKind.panelReplied, panel, simulation.now + lastReply);
  }

  function earlierPanels(attempt: AttemptIndex): number {
    let count = 0;
    for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) count++;
    return count;
  }

  function drawMembers(panel: PanelIndex, request: PanelRequest, number: number): void {
    const attempt = panels.attempt[panel]!;
    const job = attempts.job[attempt]!;
    const draw = workloads[jobs.workload[job]!]!.endogenous;
    const ordinalOfJob = jobKeys.ordinal(job);
    const eclipse = request.role === PanelRole.witness ? eclipses.of(attempts.node[attempt]!) : null;
    const pool = poolOf(request, job);
    const firstPlace = panels.firstMember(panel);
    while (panels.asked[panel]! < request.peers) {
      const place = panels.asked[panel]!;
      const first = (number * membersMost + place) * triesMost;
      let member = NONE;
      if (eclipse !== null && draw.uniform(ordinalOfJob, first, Purpose.eclipse) < eclipse.probability) {
        const luck = draw.uniform(ordinalOfJob, first, Purpose.conspirator);
        // a panel of a victim costs what the attack has members, not what the network has nodes
        member = pool.drawnOf(eclipse.attack.members(nodes.count), (node) => mayJoin(node, panel, request), luck);
      }
      // where no conspirator may sit, too
      if (member === NONE) member = drawMember(panel, request, pool, draw, ordinalOfJob, first);
      if (member === NONE) return;
      // until it replies
      panels.member[firstPlace + place] = silenceOf(member);
      panels.asked[panel]!++;
    }
  }

  /** Whom the request allows to be drawn, and perhaps some others. */
  function poolOf({ among }: PanelRequest, job: JobIndex): RowGroup {
    if (among === 'neighbours') return onlineByRegion.group(jobs.region[job]!);
    return among === 'any' ? presentNodes : onlineNodes;
  }

  /** When each member's reply is due, and whose instrument errs; returns how long the last takes [s]. */
  function drawReplies(panel: PanelIndex, request: PanelRequest, number: number): number {
    const job = attempts.job[panels.attempt[panel]!]!;
    const draw = workloads[jobs.workload[job]!]!.endogenous;
    const ordinalOfJob = jobKeys.ordinal(job);
    const { errorProbability, replyDelay, replyWithinSeconds } = request;
    const patience =
      replyWithinSeconds === Number.POSITIVE_INFINITY ? rules.of(job).giveUpAfterSeconds : replyWithinSeconds;
    const asked = panels.asked[panel]!;
    const first = panels.firstMember(panel);
    let erring = 0;
    let last = 0;
    for (let place = 0; place < asked; place++) {
      const at = number * membersMost + place;
      // drawn here, where the job is at hand: the draw is the same whenever it is made
      if (errorProbability > 0 && draw.uniform(ordinalOfJob, at, Purpose.observerError) < errorProbability) {
        erring |= 1 << place;
      }
      const member = silenceOf(panels.member[first + place]!);
      const thinks = replyDelay.quantile(draw.uniform(ordinalOfJob, at, Purpose.observerDelay));
      const travel = network.isInstant ? 0 : roundTripSeconds(jobs.region[job]!, ownership.region[member]!, thinks);
      const delay = travel + thinks;
      const isLate = delay > patience;
      panelSecrets.setRepliesAt(panel, place, isLate ? Number.POSITIVE_INFINITY : simulation.now + delay);
      // who has all the time there is keeps the case open until the network's patience ends
      if (isLate && patience !== replyWithinSeconds) last = patience;
      else if (!isLate && delay > last) last = delay;
    }
    panelSecrets.setErring(panel, erring);
    return last;
  }

  /** There, and back after so long [s]. */
  function roundTripSeconds(from: number, to: number, staysSeconds: number): number {
    const there = network.travelSeconds(from, to, simulation.now);
    return there + network.travelSeconds(to, from, simulation.now + there + staysSeconds);
  }

  /** Moment: the last reply that can be in time is due. With every reply in, the case is closed at once. */
  function panelReplied(panel: PanelIndex): void {
    const attempt = panels.attempt[panel]!;
    const request = roles.verification.panel!(attempt);
    const asked = panels.asked[panel]!;
    const bribe = bribes.offeredTo(panel);
    for (let place = 0; place < asked; place++) takeReply(panel, place, attempt, request, bribe);
    if (bribe !== null) bribes.settle(panel);
    const closesAt = closingTime(panel, request);
    if (closesAt <= simulation.now) ends.panelClosed(panel);
    else {
      schedule(EventKind.panelClosed, panel, closesAt);
      // who took a bribe may have the bond for a job that waits
      if (bribe !== null) serving.serve();
    }
  }

  /** With every reply in, or nothing that ends the time to reply, it is now [s]. */
  function closingTime(panel: PanelIndex, { peers, replyWithinSeconds }: PanelRequest): number {
    if (panels.signed[panel]! + panels.refused[panel]! === peers) return simulation.now;
    if (replyWithinSeconds === Number.POSITIVE_INFINITY) return simulation.now;
    return panels.openedAt(panel) + replyWithinSeconds;
  }

  function takeReply(
    panel: PanelIndex,
    place: number,
    attempt: AttemptIndex,
    request: PanelRequest,
    bribe: Bribe | null,
  ): void {
    const slot = panels.firstMember(panel) + place;
    const member = silenceOf(panels.member[slot]!);
    const repliesAt = panelSecrets.repliesAt(panel, place);
    if (repliesAt === Number.POSITIVE_INFINITY) return;
    if (!nodes.wasOnline(member, repliesAt) && !repliesOffline(member, request, repliesAt)) return;
    const errs = panelSecrets.errs(panel, place);
    const observed =
      request.observes === 'result' ? instruments.resultHolds(attempt, errs) : instruments.participated(attempt, errs);
    const { strategy } = cohorts[ownership.cohort[member]!]!;
    // for the opposite of what it saw: nobody needs to be bribed to say that
    const offered = bribe !== null && bribe.isForSubject !== observed ? bribe.amount : 0;
    const reply =
      request.role === PanelRole.juror
        ? votedAs(strategy.votes(member, attempts.node[attempt]!, observed, offered))
        : strategy.attests(member, attempt, observed, offered);
    if (reply === Attestation.signs) {
      panels.signed[panel]!++;
      panels.member[slot] = member;
    } else if (reply === Attestation.refuses) {
      panels.refused[panel]!++;
      panels.member[slot] = refusalOf(member);
    }
  }

  /** A machine that works through its outages still sends what it has; among those online it isn't counted. */
  function repliesOffline(member: NodeIndex, request: PanelRequest, time: number): boolean {
    if (request.among !== 'any' || nodes.leftAt[member]! <= time) return false;
    return isWorking(machines, ownership.machine[member]!);
  }

  function schedule(kind: number, panel: PanelIndex, at: number): void {
    simulation.schedule(at, kind, panel, panels.generation[panel]!);
  }

  function drawMember(
    panel: PanelIndex,
    request: PanelRequest,
    pool: RowGroup,
    draw: KeyedDraw,
    ordinalOfJob: number,
    number: number,
  ): NodeIndex {
    if (pool.size === 0) return NONE;
    for (let tries = 0; tries < triesMost; tries++) {
      const luck = draw.uniform(ordinalOfJob, number + tries, Purpose.observer);
      const member = pool.at(Math.floor(luck * pool.size));
      if (mayJoin(member, panel, request)) return member;
    }
    // few are left to draw from
    return pool.drawnAmong(
      (member) => mayJoin(member, panel, request),
      draw.uniform(ordinalOfJob, number, Purpose.observer),
    );
  }

  /** Not of the worker's operator, as declared, and not asked yet. */
  function mayJoin(member: NodeIndex, panel: PanelIndex, request: PanelRequest): boolean {
    // who is barred from work, in jail or below the minimum stake, can't vouch for others either
    if (request.among !== 'any' && nodes.isActive[member] === 0) return false;
    const attempt = panels.attempt[panel]!;
    const job = attempts.job[attempt]!;
    if (!network.isWhole(simulation.now)) {
      if (network.isCut(jobs.region[job]!, nodes.region[member]!, simulation.now)) return false;
    }
    if (request.role === PanelRole.juror ? isParty(member, job) : isOperatorOf(member, attempt)) return false;
    const asked = panels.asked[panel]!;
    const first = panels.firstMember(panel);
    const silent = silenceOf(member);
    for (let place = 0; place < asked; place++) if (panels.member[first + place] === silent) return false;
    return true;
  }

  function isOperatorOf(member: NodeIndex, attempt: AttemptIndex): boolean {
    return nodes.declaredOperator[member] === nodes.declaredOperator[attempts.node[attempt]!];
  }

  /** Whether it did the job, or looked at it: nobody judges what he is a party to. */
  function isParty(member: NodeIndex, job: JobIndex): boolean {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (isOperatorOf(member, attempt)) return true;
    }
    return false;
  }

  return { panelAsked, panelReplied };
}
