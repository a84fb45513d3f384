import { log1p } from '../dist/sim/engine/math.js';
import { namedStream } from '../dist/sim/engine/random-stream.js';
import { Simulation } from '../dist/sim/engine/simulation.js';

/** A power of two, so that the next draw is found by a mask. */
const drawCount = 65_536;
/** Events between looks at the processor clock. */
const eventsPerLook = 100_000;

/**
 * Runs the hold model for about `seconds` of processor time: each event schedules its next at now + Exp(1).
 *
 * `pending` events are in the queue at all times. The first 2 mean gaps bring the queue to its steady state and
 * aren't counted. Draws come from a table, so that the engine is measured and not the generator.
 */
export function holdModel(pending, seconds) {
  const uniform = namedStream('hold');
  const gaps = Float64Array.from({ length: drawCount }, () => -log1p(-uniform()));
  let next = 0;
  const simulation = new Simulation({ capacity: pending });
  const handlers = [
    (subject) => {
      next = (next + 1) & (drawCount - 1);
      simulation.schedule(simulation.now + gaps[next], 0, subject, 0);
      return true;
    },
  ];
  // fresh draws here: a table of 65,536 would put many of the first events at the same time
  for (let index = 0; index < pending; index++) simulation.schedule(-log1p(-uniform()), 0, index, 0);
  const step = eventsPerLook / pending;
  let horizon = 2;
  simulation.runUntil(horizon, handlers);
  const before = simulation.delivered;
  const start = process.cpuUsage();
  let processorSeconds = 0;
  while (processorSeconds < seconds) {
    horizon += step;
    simulation.runUntil(horizon, handlers);
    const used = process.cpuUsage(start);
    processorSeconds = (used.user + used.system) / 1e6;
  }
  return { events: simulation.delivered - before, jobs: 0, processorSeconds };
}
