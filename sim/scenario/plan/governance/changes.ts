import { whyLasting } from '../../schema/changes-schema.js';
import { withDefaultKinds } from '../../schema/default-kinds.js';
import { type ProtocolRole, protocolRoles, type Registry } from '../../schema/registry.js';
import { type ProtocolSettings, type Scenario, scenarioSchema } from '../../schema/scenario-schema.js';
import { type ChangedTo, settingsOf, withChanged } from '../../text/changes.js';
import { checkSource } from '../../text/check.js';
import { entriesOf } from '../../text/extends.js';
import { type Fault, InvalidInput, toFound, toPath } from '../../text/faults.js';
import { withoutNulls } from '../../text/nulls.js';
import { type Source, type Tree, toSource } from '../../text/source.js';

/** A change of the protocol's settings in mid-run. */
export interface PlannedChange {
  /** [s] */
  readonly at: number;
  /** All settings that are in force from then on. */
  readonly protocol: ProtocolSettings;
  /** Those that it names, by their paths below the protocol. */
  readonly settings: readonly { readonly path: string; readonly value: string }[];
}

/** A change with what it makes of the scenario's text, for what is told of that. */
export interface ChangedScenario {
  readonly change: PlannedChange;
  /** Path of its settings, and what stands there. */
  readonly path: readonly string[];
  readonly set: Tree;
  readonly scenario: Scenario;
  readonly source: Source;
}

/** A change as it stands in the text. */
interface Written {
  readonly at: number;
  /** Of the change. */
  readonly path: readonly string[];
  readonly set: Tree;
}

/**
 * The changes of a checked scenario in the order of time, each laid over the text and checked as the scenario itself,
 * together with those before it; and what is wrong with them.
 */
export function planChanges(
  scenario: Scenario,
  source: Source,
): { readonly changed: readonly ChangedScenario[]; readonly faults: readonly Fault[] } {
  const { registry } = scenario;
  const faults: Fault[] = [];
  const changed: ChangedScenario[] = [];
  const named: { readonly at: number; readonly path: string }[] = [];
  let tree = source.tree;
  let protocol = scenario.protocol;
  for (const { at, path, set } of inOrder(scenario, source)) {
    const own = [...path, 'set'];
    if (at >= scenario.horizon) faults.push(late(scenario, source, path));
    const settings = settingsOf(set, tree);
    const refused = settings.flatMap((setting) => refusalOf(setting, own, at, named));
    for (const setting of settings) named.push({ at, path: nameOf(setting) });
    if (refused.length > 0) {
      for (const fault of refused) faults.push(fault);
      continue;
    }
    try {
      const next = withDefaultKinds(toSource(withChanged(tree, settings), source.file, source.question), registry);
      const checked = checkSource(withoutNulls(next), scenarioSchema(registry));
      const kinds = otherKinds(protocol, checked.protocol, next, own, registry);
      if (kinds.length > 0) throw new InvalidInput(kinds);
      [tree, protocol] = [next.tree, checked.protocol];
      const told = settings.map((one) => ({ path: nameOf(one).replace(/^protocol\./, ''), value: inText(one) }));
      changed.push({ change: { at, protocol, settings: told }, path: own, set, scenario: checked, source: next });
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(inChange(fault, own, set));
    }
  }
  return { changed, faults };
}

/** The changes by time; of one instant, as they stand in the text. */
function inOrder({ changes }: Scenario, { tree }: Source): readonly Written[] {
  const items = entriesOf(tree)?.get('changes')?.content as readonly Tree[] | undefined;
  return changes
    .map(({ at }, index) => ({ at, path: ['changes', String(index)], set: entriesOf(items![index]!)!.get('set')! }))
    .sort((a, b) => a.at - b.at);
}

function late({ horizon }: Scenario, source: Source, path: readonly string[]): Fault {
  const own = [...path, 'at'];
  const expected = `a time before the horizon, ${toFound(writtenAt(source.tree, ['horizon']) ?? horizon)}`;
  return { ...placed(source.position(own)), path: toPath(own), expected, found: toFound(writtenAt(source.tree, own)) };
}

/** Settings that stay for the whole run, and those that another change of the same instant names. */
function refusalOf(
  setting: ChangedTo,
  own: readonly string[],
  at: number,
  named: readonly { readonly at: number; readonly path: string }[],
): readonly Fault[] {
  const path = nameOf(setting);
  const fault = { position: setting.path.at(-1)!.at, path: toPath([...own, path]) };
  const why = whyLasting(path);
  if (why !== undefined) {
    return [{ ...fault, expected: 'a setting of the protocol that can change in mid-run', found: path, why }];
  }
  const isInside = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);
  const other = named.find((one) => one.at === at && (isInside(one.path, path) || isInside(path, one.path)));
  if (other === undefined) return [];
  return [{ ...fault, expected: 'each setting in one change of an instant', found: `${other.path} in two` }];
}

/** A change of rules isn't one of mechanisms, which would have to know what another one remembers. */
function otherKinds(
  before: ProtocolSettings,
  after: ProtocolSettings,
  source: Source,
  own: readonly string[],
  registry: Registry,
): readonly Fault[] {
  return protocolRoles
    .filter((role) => kindsOf(registry, role, before) !== kindsOf(registry, role, after))
    .map((role) => ({
      ...placed(source.position(['protocol', role, 'kind'])),
      path: toPath([...own, 'protocol', role]),
      expected: `${kindsOf(registry, role, before)}, as mechanisms stay for the whole run`,
      found: kindsOf(registry, role, after),
    }));
}

function kindsOf(registry: Registry, role: ProtocolRole, { [role]: mechanism }: ProtocolSettings): string {
  if (!Array.isArray(mechanism)) return registry.structure(role, mechanism);
  return `[${mechanism.map((one) => registry.structure(role, one)).join(', ')}]`;
}

/** A fault of the changed scenario at its place in the change: what it doesn't name itself is to be mended there. */
export function inChange<F extends Fault>(fault: F, own: readonly string[], set: Tree): F {
  const { position } = fault;
  const isNamed = position !== undefined && placesOf(set).some((at) => isSamePlace(at, position));
  const path = fault.path.startsWith('changes.') ? fault.path : toPath([...own, fault.path]);
  return { ...fault, path, position: isNamed ? position : (set.keyAt ?? set.at) };
}

function placesOf(tree: Tree): readonly Tree['at'][] {
  const items = Array.isArray(tree.content) ? (tree.content as readonly Tree[]) : [];
  const inner = [...items, ...(entriesOf(tree)?.values() ?? [])].flatMap(placesOf);
  return [tree.at, ...(tree.keyAt === undefined ? [] : [tree.keyAt]), ...inner];
}

const isSamePlace = (a: Tree['at'], b: Tree['at']) => a.file === b.file && a.line === b.line && a.column === b.column;

const placed = (position: Fault['position']) => (position === undefined ? {} : { position });

function nameOf({ path }: ChangedTo): string {
  return toPath(path.map(({ name }) => name));
}

function inText({ value }: ChangedTo): string {
  const written = toSource(value, '', '').value;
  return typeof written === 'object' || written === null ? toFound(written) : String(written);
}

/** What is written at the path; undefined for nothing. */
function writtenAt(tree: Tree, path: readonly string[]): unknown {
  let value = toSource(tree, '', '').value;
  for (const name of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[name];
  return value;
}
