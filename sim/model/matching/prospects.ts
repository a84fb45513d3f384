import { has } from '../columns/lane.js';
import { type JobIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import type { World } from '../world/world.js';

export type Prospects = ReturnType<typeof createProspects>;

/**
 * Who can still be given work, now or later: nodes that are there and those that are to come.
 *
 * A job is stranded when all of them whose hardware its class allows were tried, or are of an operator that was: then
 * nobody is worth waiting for. Who is there without enough stake is a prospect only if its operator adds stake, who
 * holds no resource token once it does;
 * whose score is too low for a lane, or whose tier isn't granted, may still come up.
 */
export function createProspects({
  attempts,
  classes,
  cohorts,
  jobs,
  lanes,
  nodes,
  operators,
  ownership,
  rules,
}: World) {
  const isProspect = new Uint8Array(nodes.capacity);
  const ofClass = new Float64Array(classes.length);
  const ofOperator = new Int32Array(operators.count);
  let hasFallen = false;
  /** Identities can enter that no row stands for yet. */
  const canEnter = () => nodes.count < nodes.capacity && cohorts.some(({ strategy }) => strategy.wake !== undefined);

  // everybody who was declared may come
  for (let node = 0; node < nodes.count; node++) set(node, true);

  function set(node: NodeIndex, isOne: boolean): void {
    if ((isProspect[node] === 1) === isOne) return;
    isProspect[node] = isOne ? 1 : 0;
    const change = isOne ? 1 : -1;
    if (!isOne) hasFallen = true;
    ofOperator[ownership.operator[node]!]! += change;
    for (let jobClass = 0; jobClass < classes.length; jobClass++) {
      if (allows(node, jobClass)) ofClass[jobClass]! += change;
    }
  }

  /** After the node came, went, or its stake changed. */
  function nodeChanged(node: NodeIndex): void {
    const { strategy } = cohorts[ownership.cohort[node]!]!;
    const canStake = nodes.stake[node]! >= rules.now.minimumStake || strategy.wake !== undefined;
    const canServe = canStake && !nodes.lacksResourceToken(node);
    set(node, nodes.state[node] === NodeState.present && canServe);
  }

  /** Before another machine is declared for the node: it isn't one until it is said to have changed. */
  function forget(node: NodeIndex): void {
    set(node, false);
  }

  /** The node was declared, and never comes. */
  function nodeNeverComes(node: NodeIndex): void {
    set(node, false);
  }

  function allows(node: NodeIndex, jobClass: number): boolean {
    return has(nodes.allowedClasses[node]!, jobClass);
  }

  /** True if nobody is left, and nobody will come, who could take another attempt of the job in this lane. */
  function isStranded(job: JobIndex, lane: number): boolean {
    const { jobClass } = lanes[lane]!;
    const lastAttempt = jobs.lastAttempt[job]!;
    const asked = jobs.directedTo(job);
    if (asked !== NONE && lastAttempt === NONE) return isProspect[asked] === 0;
    if (canEnter()) return false;
    let most = 0;
    for (let tried = lastAttempt; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      most += ofOperator[ownership.operator[attempts.node[tried]!]!]!;
    }
    // mostly more remain than those tried can stand for
    return most >= ofClass[jobClass]! && excluded(lastAttempt, jobClass) === ofClass[jobClass];
  }

  /** Prospects of the class that were tried, or declare an operator that was. */
  function excluded(lastAttempt: number, jobClass: number): number {
    let sum = 0;
    for (let tried = lastAttempt; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
      if (isRepeated(tried)) continue;
      const name = nodes.declaredOperator[attempts.node[tried]!]!;
      const operator = ownership.operator[attempts.node[tried]!]!;
      for (let node = operators.lastNode[operator]!; node !== NONE; node = ownership.previousOfOperator[node]!) {
        if (nodes.declaredOperator[node] === name && isProspect[node] === 1 && allows(node, jobClass)) sum++;
      }
    }
    return sum;
  }

  /** True if an earlier attempt went to the same operator, as declared. */
  function isRepeated(tried: number): boolean {
    const name = nodes.declaredOperator[attempts.node[tried]!]!;
    for (let other = attempts.nextOfJob[tried]!; other !== NONE; other = attempts.nextOfJob[other]!) {
      if (nodes.declaredOperator[attempts.node[other]!]! === name) return true;
    }
    return false;
  }

  /** True once after prospects went: who waits may be stranded. */
  function takeFallen(): boolean {
    const fell = hasFallen;
    hasFallen = false;
    return fell;
  }

  return { nodeChanged, nodeNeverComes, forget, isStranded, takeFallen };
}
