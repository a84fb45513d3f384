import type { PlannedScenario } from '../planned-scenario.js';
import type { Teller } from './teller.js';

/** What of seats among the reporters of the reputation oracle can't be, is in vain, or puts liars in charge. */
export function tellReporters({ scenario, changes }: PlannedScenario, teller: Teller): void {
  const { fleet, protocol, registry } = scenario;
  const { reporters: seats, threshold } = protocol.publish;
  const later = changes.flatMap(({ protocols }) => [...protocols.values()]);
  const isRead = [protocol, ...later].some(({ publish }) => publish.every > 0);
  let taken = 0;
  let lying = 0;
  for (const [name, { reporters, strategy }] of Object.entries(fleet)) {
    const path = ['fleet', name, 'reporters'];
    const lies = registry.isLyingInReports(strategy);
    const left = Math.max(0, seats - taken);
    if (reporters > left) {
      const expected = `at most the ${left} seats of protocol.publish.reporters that others leave`;
      teller.refuse(path, expected, '', `${reporters}`);
    } else if (reporters > 0 && !isRead) {
      const expected = 'a protocol.publish.every above 0';
      teller.warn(path, expected, 'so that nobody reports what is public at once', `${reporters} seats`);
    } else if (lies && reporters === 0) {
      teller.warn([...path.slice(0, 2), 'strategy'], 'reporters above 0', 'so that it reports nothing', strategy.kind);
    }
    taken += reporters;
    if (!lies || reporters === 0) continue;
    lying += reporters;
    // half of the seats move the lower median down; fewer honest ones than the threshold publish nothing
    if (lying * 2 < seats && seats - lying >= threshold) continue;
    const expected = `less than half of the ${seats} seats, and ${threshold} left to others`;
    teller.warn(path, expected, 'so that liars decide what is published', `${lying} seats of liars`);
  }
}
