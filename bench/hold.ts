import { log1p } from '../sim/engine/math.js';
import { namedStream } from '../sim/engine/random-stream.js';
import { Simulation } from '../sim/engine/simulation.js';

/** A power of two, so that the next draw is found by a mask. */
const DRAWS = 65536;
/** Simulated time between looks at the processor clock, in events. */
const EVENTS_PER_LOOK = 100_000;

/**
 * Runs the hold model for about `seconds` of processor time: each event schedules its next at now + Exp(1).
 *
 * `pending` events are in the queue at all times. The first 2 mean gaps bring the queue to its steady state and
 * aren't counted. Draws come from a table, so that the engine is measured and not the generator.
 */
export function holdModel(pending: number, seconds: number): { events: number; cpuSeconds: number } {
  const uniform = namedStream('hold');
  const gaps = Float64Array.from({ length: DRAWS }, () => -log1p(-uniform()));
  let next = 0;
  const simulation = new Simulation(
    [
      (subject) => {
        next = (next + 1) & (DRAWS - 1);
        simulation.schedule(simulation.now + gaps[next]!, 0, subject, 0);
        return true;
      },
    ],
    { capacity: pending },
  );
  // Fresh draws here: a table of 65,536 would put many of the first events at the same time.
  for (let i = 0; i < pending; i++) simulation.schedule(-log1p(-uniform()), 0, i, 0);
  const step = EVENTS_PER_LOOK / pending;
  let horizon = 2;
  simulation.runUntil(horizon);
  const before = simulation.delivered;
  const start = process.cpuUsage();
  let cpuSeconds = 0;
  while (cpuSeconds < seconds) {
    horizon += step;
    simulation.runUntil(horizon);
    const used = process.cpuUsage(start);
    cpuSeconds = (used.user + used.system) / 1e6;
  }
  return { events: simulation.delivered - before, cpuSeconds };
}
