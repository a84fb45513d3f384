import type { FleetTrace } from './trace.js';
export function loadGolem2019(_folder: string, _month: string, _without = 0.955): FleetTrace {
  throw new Error('x');
}
