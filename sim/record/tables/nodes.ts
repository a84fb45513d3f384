import { type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import { handleStep } from '../../model/columns/side-by-side.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { Recorder } from '../recorder.js';
import { type ColumnOf, indices, namesIn, type Table, tableOf } from './table.js';

/** A row a node that was declared or entered: its final state. */
export function nodesTable(world: World, recorder: Recorder, nodeNames: (node: NodeIndex) => string): Table {
  const columns = nodeColumns(world, recorder, nodeNames);
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
    { name: 'node', unit: '', meaning: 'Row of the node', value: (node) => node },
    {
      name: 'name',
      unit: '',
      meaning: 'Its name in the trace it was replayed from, else cohort and ordinal',
      value: nodeNames,
    },
    { name: 'cohort', unit: '', meaning: 'Cohort', value: (node) => cohorts[ownership.cohort[node]!]!.name },
    { name: 'operator', unit: '', meaning: 'Row of its true operator', value: (node) => ownership.operator[node]! },
    {
      name: 'machine',
      unit: '',
      meaning: 'Row of its true machine',
      value: (node) => ownership.machine[node]! / handleStep,
    },
    { name: 'region', unit: '', meaning: 'Region', value: (node) => network.regions[nodes.region[node]!]! },
    {
      name: 'hardware',
      unit: '',
      meaning: 'Declared hardware class',
      value: (node) => hardware[nodes.hardware[node]!]!.name,
    },
    {
      name: 'throughput',
      unit: 'reference cards',
      meaning: 'Declared throughput',
      value: (node) => nodes.throughput[node]!,
    },
    {
      name: 'state',
      unit: '',
      meaning: 'absent, present, left or ejected',
      value: (node) => stateName(nodes.state[node]!),
    },
    {
      name: 'online',
      unit: '',
      meaning: 'Whether the network can reach it',
      value: (node) => nodes.isOnline[node] === 1,
    },
    {
      name: 'active',
      unit: '',
      meaning: 'Whether it can get work: online, not in jail, enough stake',
      value: (node) => nodes.isActive[node] === 1,
    },
    {
      name: 'joinedDays',
      unit: 'd',
      meaning: 'When it joined; empty if it never did',
      value: (node) => (isAbsent(node) ? null : nodes.joinedAt[node]! / secondsPerDay),
    },
    {
      name: 'leftDays',
      unit: 'd',
      meaning: 'When it left or was ejected; empty if it didn’t',
      value: (node) => (nodes.leftAt[node] === Number.POSITIVE_INFINITY ? null : nodes.leftAt[node]! / secondsPerDay),
    },
    {
      name: 'score',
      unit: 'score',
      meaning: 'Score by the reputation model',
      value: (node) => (isAbsent(node) ? null : nodes.score[node]!),
    },
    {
      name: 'publishedScore',
      unit: 'score',
      meaning: 'Score as last published',
      value: (node) => (isAbsent(node) ? null : nodes.publishedScore[node]!),
    },
    { name: 'stakeTokens', unit: 'tokens', meaning: 'Stake locked', value: (node) => nodes.stake[node]! / microTokens },
    {
      name: 'slashedTokens',
      unit: 'tokens',
      meaning: 'Stake and bonds slashed so far',
      value: (node) => recorder.slashed[node]! / microTokens,
    },
    {
      name: 'incomeTokens',
      unit: 'tokens',
      meaning: 'Paid for it so far',
      value: (node) => ledger.earned(node) / microTokens,
    },
    {
      name: 'attemptsAccepted',
      unit: 'attempts',
      meaning: 'Attempts whose result was accepted',
      value: (node) => recorder.attemptsAccepted[node]!,
    },
    {
      name: 'attemptsFailed',
      unit: 'attempts',
      meaning: 'Attempts found to have failed',
      value: (node) => recorder.attemptsFailed[node]!,
    },
    {
      name: 'workReferenceHours',
      unit: 'h',
      meaning: 'Accepted work on the reference card, the whole run',
      value: (node) => recorder.workSeconds[node]! / secondsPerHour,
    },
    {
      name: 'machineUpFraction',
      unit: 'fraction',
      meaning: 'Share of its machine’s time in the network that it was up',
      value: (node) => {
        const machine = ownership.machine[node]!;
        const used = machines.usedSeconds[machine]!;
        return used === 0 ? null : machines.upSeconds[machine]! / used;
      },
    },
  ];
}
