import { type NodeIndex, NodeState } from '../../../model/columns/nodes.js';
import type { World } from '../../../model/world/world.js';
import { type ColumnOf, cellOf } from '../table.js';

/** Columns of what this network's mechanisms keep of nodes besides: scores for job classes, then their measures. */
export function measuredColumns({ classes, measures, nodes }: World): readonly ColumnOf<NodeIndex>[] {
  const isAbsent = (node: NodeIndex) => nodes.state[node] === NodeState.absent;
  const scoreFor = (jobClass: number, kind: string, values: Float64Array, meaning: string): ColumnOf<NodeIndex> => ({
    name: `${toCamelCase(classes[jobClass]!.name)}${kind}`,
    unit: 'score',
    window: 'at the end',
    meaning,
    value: (node) => (isAbsent(node) ? null : values[node * nodes.classCount + jobClass]!),
  });
  const scores = classes
    .slice(0, nodes.classCount)
    .flatMap(({ index, name }) => [
      scoreFor(index, 'Score', nodes.classScore, `Score for jobs of class ${name} by the reputation model`),
      scoreFor(index, 'PublishedScore', nodes.publishedClassScore, `Score for jobs of class ${name} as last published`),
    ]);
  const measured = measures.published.map(
    ({ name, unit, meaning, values }): ColumnOf<NodeIndex> => ({
      name,
      unit,
      window: 'at the end',
      meaning,
      value: (node) => cellOf(values[node]!),
    }),
  );
  return [...scores, ...measured];
}

/** `oracle-query` is `oracleQuery`. */
function toCamelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
