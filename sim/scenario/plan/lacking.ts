import { catalogue, type HardwareEntry } from '../schema/catalogue.js';
import type { Scenario } from '../schema/scenario-schema.js';

/** What the demands of a job class are held against. */
interface Machine {
  readonly hardware: HardwareEntry;
  /** Probability that a node on it has one. */
  readonly publicAddress: number;
}

/** What no machine of the fleet has and jobs of the class need, in words; undefined if some machine can do them. */
export function lackingFor(scenario: Scenario, className: string): string | undefined {
  const all = Object.values(scenario.fleet).flatMap(({ hardware, publicAddress }) =>
    Object.entries(hardware)
      .filter(([, share]) => share > 0)
      .map(([name]) => ({ hardware: catalogue().hardware[name]!, publicAddress })),
  );
  return lackingOf(all, className);
}

/**
 * The same of a node of the cohort, by the label of its hardware. A public address that some of the cohort have isn't
 * told of: who has one isn't known here.
 */
export function lackingOfNode(
  { fleet }: Scenario,
  cohort: string,
  label: string,
  className: string,
): string | undefined {
  const { publicAddress } = fleet[cohort]!;
  const hardware = Object.values(catalogue().hardware).find((entry) => entry.label === label);
  if (hardware === undefined) throw new Error(`expected the label of a hardware class, found ${label}`);
  return lackingOf([{ hardware, publicAddress }], className);
}

function lackingOf(machines: readonly Machine[], className: string): string | undefined {
  const needs = catalogue().jobClasses[className]!;
  const lacking: string[] = [];
  let left = machines;
  const keep = (words: string, isFit: (machine: Machine) => boolean) => {
    const fit = left.filter(isFit);
    if (fit.length === 0) lacking.push(words);
    else left = fit;
  };
  if (needs.needsGpu) keep('a GPU', ({ hardware }) => hardware.type === 'gpu');
  keep(`${needs.memoryGiB} GiB of memory`, ({ hardware }) => hardware.memoryGiB >= needs.memoryGiB);
  if (needs.needsPublicAddress) keep('a public address', ({ publicAddress }) => publicAddress > 0);
  return lacking.length === 0 ? undefined : lacking.join(' and ');
}
