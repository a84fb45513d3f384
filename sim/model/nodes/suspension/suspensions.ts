import { type NodeIndex, NodeState } from '../../columns/nodes.js';
import type { SuspensionRules } from '../../columns/rules.js';
import type { World } from '../../world/world.js';
import type { Activity } from '../activity.js';
import type { Availability } from '../availability.js';
import { UptimeWindow } from './uptime-window.js';

export type Suspensions = ReturnType<typeof createSuspensions>;

interface Parts {
  readonly activity: Activity;
  readonly availability: Availability;
}

/** A share that is met but for rounding is met. */
const tolerance = 1e-9;

/**
 * Suspensions by uptime, once an epoch and by check-ins alone: whoever was below for longer than the grace gets no work
 * until it is reinstated. What was announced was never due. A review pardons an epoch in which so many were below that
 * the fault was the network's, and reinstates who has checked in again since.
 */
export function createSuspensions(world: World, { activity, availability }: Parts) {
  const { journal, nodes, rules } = world;
  /** Made when a rule is first in force. */
  let uptime: UptimeWindow | null = null;
  /** By node: ends of epochs in a row at which it was below; and the epoch at whose end it was suspended. */
  let belowFor = new Uint16Array(0);
  let suspendedAt = new Uint32Array(0);

  /** Once the epoch's check-ins are counted, before they are presented. */
  function epochEnded(epoch: number): void {
    const rule = rules.now.suspension;
    if (rule === null) {
      if (uptime !== null) abolish();
      return;
    }
    if (uptime === null) {
      uptime = new UptimeWindow(nodes.capacity);
      belowFor = new Uint16Array(nodes.capacity);
      suspendedAt = new Uint32Array(nodes.capacity);
    }
    uptime.begin(epoch, rule.windowEpochs);
    if (count(uptime, epoch, rule)) {
      uptime.forget(epoch);
      journal.epochPardoned(epoch);
    }
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present) continue;
      if (nodes.isSuspended[node] === 1) review(uptime, node, epoch, rule);
      else judge(uptime, node, epoch, rule);
    }
  }

  /** Takes down the epoch's check-ins; returns whether so many were below that the fault is the network's. */
  function count(window: UptimeWindow, epoch: number, { below, review }: SuspensionRules): boolean {
    const { checkInsMade, checkInsMissed } = availability;
    let asked = 0;
    let low = 0;
    for (let node = 0; node < nodes.count; node++) {
      const made = checkInsMade[node]!;
      const due = made + checkInsMissed[node]!;
      if (due === 0 || nodes.state[node] !== NodeState.present) continue;
      window.set(node, epoch, made, due);
      asked++;
      if (isBelow(made, due, below)) low++;
    }
    return review !== null && low > 0 && low >= review.networkWide * asked - tolerance;
  }

  function judge(window: UptimeWindow, node: NodeIndex, epoch: number, rule: SuspensionRules): void {
    const { windowEpochs, below, graceEpochs } = rule;
    const made = window.made(node, epoch, windowEpochs);
    const due = window.due(node, epoch, windowEpochs);
    if (!isBelow(made, due, below)) {
      belowFor[node] = 0;
      return;
    }
    belowFor[node]!++;
    if (belowFor[node]! <= graceEpochs) return;
    belowFor[node] = 0;
    suspendedAt[node] = epoch;
    setSuspended(node, 1);
    journal.nodeSuspended(node, epoch, made, due);
  }

  /** Without review only time helps, when what it missed has left the window. */
  function review(window: UptimeWindow, node: NodeIndex, epoch: number, rule: SuspensionRules): void {
    const { windowEpochs, below, review } = rule;
    if (review === null) {
      const due = window.due(node, epoch, windowEpochs);
      if (due === 0 || isBelow(window.made(node, epoch, windowEpochs), due, below)) return;
    } else {
      if (epoch - suspendedAt[node]! < review.afterEpochs) return;
      const due = window.due(node, epoch, review.afterEpochs);
      if (due === 0 || isBelow(window.made(node, epoch, review.afterEpochs), due, below)) return;
      // what it was suspended for is dealt with
      window.clear(node);
    }
    setSuspended(node, 0);
  }

  /** The rule is no more: nobody is suspended, and one that comes later begins anew. */
  function abolish(): void {
    uptime = null;
    for (let node = 0; node < nodes.count; node++) if (nodes.isSuspended[node] === 1) setSuspended(node, 0);
  }

  function setSuspended(node: NodeIndex, isSuspended: 0 | 1): void {
    nodes.isSuspended[node] = isSuspended;
    activity.refreshActivity(node);
  }

  return { epochEnded };
}

/** Whether that is less than the share of those that were due; false if none were. */
function isBelow(made: number, due: number, share: number): boolean {
  return made < share * due - tolerance;
}
