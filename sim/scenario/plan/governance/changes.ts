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
import type { PlannedChange } from './planned-change.js';
import { bitOf, type PlannedVote, planVote, votesOf } from './votes.js';

/** What a change makes of the scenario, for one outcome of the votes before it. */
interface Consequence {
  readonly before: Scenario;
  readonly scenario: Scenario;
  readonly source: Source;
}

/** A change with what it makes of the scenario's text, for what is told of that. */
export interface ChangedScenario {
  readonly change: PlannedChange;
  /** Path of its settings, and what stands there. */
  readonly path: readonly string[];
  readonly set: Tree;
  readonly consequences: readonly Consequence[];
}

/** A change as it stands in the text. */
interface Written {
  readonly at: number;
  readonly vote: PlannedVote | null;
  /** Of the change. */
  readonly path: readonly string[];
  readonly set: Tree;
}

/** The scenario after some of the votes. */
interface Branch {
  /** Votes by which its settings are in force. */
  readonly inForce: number;
  readonly tree: Tree;
  readonly scenario: Scenario;
}

/**
 * The changes of a checked scenario in the order of time, each laid over the text and checked as the scenario itself,
 * together with those before it, for each outcome of the votes among them; and what is wrong with them.
 */
export function planChanges(
  scenario: Scenario,
  source: Source,
): { readonly changed: readonly ChangedScenario[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const changed: ChangedScenario[] = [];
  const named: { readonly at: number; readonly path: string }[] = [];
  let branches: readonly Branch[] = [{ inForce: 0, tree: source.tree, scenario }];
  for (const written of inOrder(scenario, source)) {
    const { at, path, set, vote } = written;
    const own = [...path, 'set'];
    const settings = settingsOf(set, branches[0]!.tree);
    for (const fault of lateness(scenario, source, written)) faults.push(fault);
    const refused = settings.flatMap((setting) => refusalOf(setting, own, at, named));
    for (const setting of settings) named.push({ at, path: nameOf(setting) });
    for (const fault of refused) faults.push(fault);
    if (refused.length > 0) continue;
    const next = branches.map((branch) => lay(written, branch, source));
    const wrong = next.flatMap((one) => ('faults' in one ? one.faults : []));
    if (wrong.length > 0) {
      for (const fault of onlyOnce(wrong)) faults.push(fault);
      continue;
    }
    const after = next.flatMap((one) => ('faults' in one ? [] : [one]));
    const protocols = new Map(after.map(({ inForce, scenario: { protocol } }) => [inForce, protocol]));
    const told = settings.map((one) => ({ path: nameOf(one).replace(/^protocol\./, ''), value: inText(one) }));
    changed.push({ change: { at, vote, protocols, settings: told }, path: own, set, consequences: after });
    branches = vote === null ? after : [...branches, ...after];
  }
  return { changed, faults };
}

/** The scenario with the change, or what is wrong with it where the votes of the branch came into force. */
function lay(
  { path, set, vote }: Written,
  { inForce, tree, scenario: before }: Branch,
  { file, question }: Source,
): (Branch & Consequence) | { readonly faults: readonly Fault[] } {
  const own = [...path, 'set'];
  const { registry } = before;
  try {
    const source = withDefaultKinds(toSource(withChanged(tree, settingsOf(set, tree)), file, question), registry);
    const scenario = checkSource(withoutNulls(source), scenarioSchema(registry));
    const kinds = otherKinds(before.protocol, scenario.protocol, source, own, registry);
    if (kinds.length > 0) throw new InvalidInput(kinds);
    return { inForce: inForce | bitOf(vote), tree: source.tree, before, scenario, source };
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const passed = votesOf(inForce).map((number) => `votes.${number}`);
    const why = passed.length === 0 ? undefined : `where ${passed.join(' and ')} passed`;
    const faults = error.faults.map((fault) => inChange(fault, own, set));
    return { faults: why === undefined ? faults : faults.map((fault) => ({ why, ...fault })) };
  }
}

/** Each fault at its first outcome: the same under more votes tells nothing new. */
function onlyOnce(faults: readonly Fault[]): readonly Fault[] {
  const first = new Map<string, Fault>();
  for (const fault of faults) {
    const name = `${fault.path}: ${fault.expected}, ${fault.found}`;
    if (!first.has(name)) first.set(name, fault);
  }
  return [...first.values()];
}

/** Changes and votes by when they come into force; of one instant changes first, then votes as they are counted. */
function inOrder({ changes, votes }: Scenario, { tree }: Source): readonly Written[] {
  const setOf = (list: string, index: number) => {
    const items = entriesOf(tree)?.get(list)?.content as readonly Tree[];
    return { path: [list, String(index)], set: entriesOf(items[index]!)!.get('set')! };
  };
  const scheduled = changes.map(({ at }, index): Written => ({ at, vote: null, ...setOf('changes', index) }));
  const voted = votes.map((settings, index): Written => {
    const vote = planVote(settings, index);
    return { at: vote.closesAt + settings.timelock, vote, ...setOf('votes', index) };
  });
  const closes = ({ vote }: Written) => vote?.closesAt ?? 0;
  return [...scheduled, ...voted].sort((a, b) => a.at - b.at || closes(a) - closes(b));
}

/** What comes after the run is refused; a vote that begins in time may end too late, which is a warning. */
function lateness({ horizon, votes }: Scenario, source: Source, { at, path, vote }: Written): readonly Fault[] {
  if ((vote === null ? at : votes[vote.number]!.proposed) < horizon) return [];
  const own = [...path, vote === null ? 'at' : 'proposed'];
  const expected = `a time before the horizon, ${toFound(writtenAt(source.tree, ['horizon']) ?? horizon)}`;
  const found = toFound(writtenAt(source.tree, own));
  return [{ ...placed(source.position(own)), path: toPath(own), expected, found }];
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
  const path = /^(changes|votes)\./.test(fault.path) ? fault.path : toPath([...own, fault.path]);
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
