import { fileURLToPath } from 'node:url';
import { buildWorld } from '../dist/sim/build/world.js';
import { NodeState } from '../dist/sim/model/columns/nodes.js';
import { loadScenario } from '../dist/sim/scenario/load.js';

const file = fileURLToPath(new URL('epochs.yaml', import.meta.url));

/** Nodes, and ends of epochs that are measured: by then what fades is near where it stays. */
const [nodesMost, epochs] = [10_000, 5];

/** Kinds of the reputation models that reckon at epochs' ends, by their files. */
export const reckoning = [
  'beta',
  'trustguard',
  'eigentrust',
  'peertrust',
  'subjective-logic',
  'liquid-rank',
  'consensus-weights',
  'credibility',
  'window-composite',
  'oracle-composite',
];

/**
 * Processor time of a model's own loops at the ends of epochs, 10,000 nodes with a job an hour each that four witnesses
 * see; an event is a node and an epoch.
 */
export function epochLoops(kind) {
  const set = [`protocol.reputation=${kind}`, `fleet.nodes.nodes=${nodesMost}`];
  const { handlers, world } = buildWorld(loadScenario(file, { set }), {});
  const { nodes, roles, simulation } = world;
  const { reputation } = roles;
  let used = 0;
  const timed = (work) => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    used += (user + system) / 1e6;
  };
  const reckon = reputation.reckon?.bind(reputation);
  const scoreAtEpoch = reputation.scoreAtEpoch?.bind(reputation);
  reputation.reckon = (epoch) => {
    timed(() => reckon?.(epoch));
    // all nodes at once: a clock around each would be most of what it shows
    timed(() => {
      for (let node = 0; node < nodes.count; node++) {
        if (nodes.state[node] === NodeState.present) scoreAtEpoch?.(node, nodes.score[node]);
      }
    });
  };
  simulation.runUntil(epochs * 86_400, handlers);
  return { events: nodesMost * epochs, jobs: 0, processorSeconds: used };
}
