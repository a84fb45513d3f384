import { NONE, type NodeIndex, NodeState, type Nodes } from '../../../model/columns/nodes.js';
import { handleStep } from '../../../model/columns/rows/side-by-side.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../../model/contract/units.js';
import type { World } from '../../../model/world/world.js';
import type { Recorder } from '../../recorder.js';
import { type ColumnOf, cellOf, indices, namesIn, type Table, tableOf } from '../table.js';
import { measuredColumns } from './node-measures.js';

/** A row a node that was declared or entered: its final state. */
export function nodesTable(world: World, recorder: Recorder, nodeNames: (node: NodeIndex) => string): Table {
  const columns = [...nodeColumns(world, recorder, nodeNames), ...measuredColumns(world)];
  return tableOf('nodes', 'Final state of every node', columns, indices(world.nodes.count));
}

const stateName = namesIn(NodeState);

function nodeColumns(
  { nodes, ownership, cohorts, machines, network, hardware, ledger }: World,
  recorder: Recorder,
  nodeNames: (node: NodeIndex) => string,
): readonly ColumnOf<NodeIndex>[] {
  const isAbsent = (node: NodeIndex) => nodes.state[node] === NodeState.absent;
  return [
    { name: 'node', unit: '', window: 'fixed', meaning: 'Row of the node', value: (node) => node },
    {
      name: 'name',
      unit: '',
      window: 'fixed',
      meaning: 'Its name in the trace it was replayed from, else cohort and ordinal',
      value: nodeNames,
    },
    {
      name: 'cohort',
      unit: '',
      window: 'fixed',
      meaning: 'Cohort',
      value: (node) => cohorts[ownership.cohort[node]!]!.name,
    },
    {
      name: 'operator',
      unit: '',
      window: 'fixed',
      meaning: 'Row of its true operator',
      value: (node) => ownership.operator[node]!,
    },
    {
      name: 'machine',
      unit: '',
      window: 'fixed',
      meaning: 'Row of its true machine',
      value: (node) => ownership.machine[node]! / handleStep,
    },
    {
      name: 'region',
      unit: '',
      window: 'fixed',
      meaning: 'Declared region',
      value: (node) => network.regions[nodes.region[node]!]!,
    },
    {
      name: 'hardware',
      unit: '',
      window: 'at the end',
      meaning: 'Declared hardware class',
      value: (node) => hardware[nodes.hardware[node]!]!.name,
    },
    {
      name: 'throughput',
      unit: 'reference cards',
      window: 'at the end',
      meaning: 'Declared throughput',
      value: (node) => nodes.throughput[node]!,
    },
    ...tokenColumn(nodes),
    {
      name: 'state',
      unit: '',
      window: 'at the end',
      meaning: 'absent, present, left or ejected',
      value: (node) => stateName(nodes.state[node]!),
    },
    {
      name: 'online',
      unit: '',
      window: 'at the end',
      meaning: 'Whether the network can reach it',
      value: (node) => nodes.isOnline[node] === 1,
    },
    {
      name: 'active',
      unit: '',
      window: 'at the end',
      meaning:
        'Whether it can get work: online, neither in jail nor suspended, enough stake, a resource token if need be',
      value: (node) => nodes.isActive[node] === 1,
    },
    {
      name: 'suspended',
      unit: '',
      window: 'at the end',
      meaning: 'Whether it is suspended for having been down too often',
      value: (node) => nodes.isSuspended[node] === 1,
    },
    {
      name: 'suspensions',
      unit: 'suspensions',
      window: 'whole run',
      meaning: 'How often it was suspended',
      value: (node) => recorder.suspensions.count[node]!,
    },
    {
      name: 'joinedDays',
      unit: 'd',
      window: 'own',
      meaning: 'When it joined; empty if it never did',
      value: (node) => (isAbsent(node) ? null : nodes.joinedAt[node]! / secondsPerDay),
    },
    {
      name: 'leftDays',
      unit: 'd',
      window: 'own',
      meaning: 'When it left or was ejected; empty if it didn’t',
      value: (node) => (nodes.leftAt[node] === Number.POSITIVE_INFINITY ? null : nodes.leftAt[node]! / secondsPerDay),
    },
    {
      name: 'score',
      unit: 'score',
      window: 'at the end',
      meaning: 'Score by the reputation model',
      value: (node) => (isAbsent(node) ? null : nodes.score[node]!),
    },
    {
      name: 'publishedScore',
      unit: 'score',
      window: 'at the end',
      meaning: 'Score as last published',
      value: (node) => (isAbsent(node) ? null : nodes.publishedScore[node]!),
    },
    {
      name: 'stakeTokens',
      unit: 'tokens',
      window: 'at the end',
      meaning: 'Stake locked',
      value: (node) => nodes.stake[node]! / microTokens,
    },
    {
      name: 'delegatedTokens',
      unit: 'tokens',
      window: 'at the end',
      meaning: 'Stake that others delegated to it',
      value: (node) => nodes.delegated[node]! / microTokens,
    },
    {
      name: 'delegatorsLostTokens',
      unit: 'tokens',
      window: 'whole run',
      meaning: 'Slashed so far of what others delegated to it',
      value: (node) => ledger.delegations.lost[node]! / microTokens,
    },
    {
      name: 'delegatorsIncomeTokens',
      unit: 'tokens',
      window: 'whole run',
      meaning: 'Paid of its income so far to those who delegated to it',
      value: (node) => ledger.delegations.paid[node]! / microTokens,
    },
    {
      name: 'slashedTokens',
      unit: 'tokens',
      window: 'whole run',
      meaning: 'Stake and bonds slashed so far',
      value: (node) => recorder.slashed[node]! / microTokens,
    },
    {
      name: 'incomeTokens',
      unit: 'tokens',
      window: 'whole run',
      meaning: 'Paid for it so far',
      value: (node) => ledger.earned(node) / microTokens,
    },
    {
      name: 'clawedBackTokens',
      unit: 'tokens',
      window: 'whole run',
      meaning: 'Of pay that was in escrow for it, taken back; no part of what was paid',
      value: (node) => recorder.clawedBack[node]! / microTokens,
    },
    {
      name: 'attemptsAccepted',
      unit: 'attempts',
      window: 'whole run',
      meaning: 'Attempts at clients’ jobs whose result was accepted, recomputations left out',
      value: (node) => recorder.work.accepted(node),
    },
    {
      name: 'attemptsFailed',
      unit: 'attempts',
      window: 'whole run',
      meaning: 'Attempts at clients’ jobs found to have failed, recomputations left out',
      value: (node) => recorder.work.failed(node),
    },
    {
      name: 'recomputations',
      unit: 'attempts',
      window: 'whole run',
      meaning: 'Recomputations of others’ attempts that ended at it, which count neither as attempts nor as work',
      value: (node) => recorder.work.rechecks(node),
    },
    {
      name: 'workReferenceHours',
      unit: 'h',
      window: 'whole run',
      meaning: 'Accepted work on the reference card, the whole run',
      value: (node) => recorder.work.workSeconds(node) / secondsPerHour,
    },
    {
      name: 'latencyMeanSeconds',
      unit: 's',
      window: 'whole run',
      meaning: 'Mean time from assignment to the result’s arrival, of its accepted attempts; empty without any',
      value: (node) => cellOf(recorder.work.latencySeconds(node) / recorder.work.accepted(node)),
    },
    {
      name: 'lastSettledDays',
      unit: 'd',
      window: 'whole run',
      meaning: 'When the last of its attempts at clients’ jobs was settled; empty without any',
      value: (node) => cellOf(recorder.work.settledAt(node) / secondsPerDay),
    },
    {
      name: 'machineUpFraction',
      unit: 'fraction',
      window: 'since joining',
      meaning: 'Share of its machine’s time in the network that it was up',
      value: (node) => {
        const machine = ownership.machine[node]!;
        const used = machines.usedSeconds[machine]!;
        return used === 0 ? null : machines.upSeconds[machine]! / used;
      },
    },
  ];
}

/** Of what the node works with, where the protocol has ever asked for it. */
function tokenColumn({ resourceToken }: Nodes): readonly ColumnOf<NodeIndex>[] {
  if (resourceToken.length === 0) return [];
  return [
    {
      name: 'resourceToken',
      unit: '',
      window: 'at the end',
      meaning: 'Number of the resource token that it holds; empty without one',
      value: (node) => (resourceToken[node] === NONE ? null : resourceToken[node]!),
    },
  ];
}
