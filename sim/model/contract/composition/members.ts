import { z } from 'zod';
import type { JobClass } from '../../columns/job-class.js';
import type { Outline, Remark } from '../definition.js';
import type { Live } from '../live.js';

export interface Kind {
  readonly kind: string;
}

/** What composites need to know of the mechanisms that they can be made of. */
interface Entry {
  readonly kind: string;
  readonly settings: z.ZodType;
  remarks?(settings: never, outline: Outline): readonly Remark[];
}

/**
 * The settings of a member: one of these mechanisms by its settings, or by its bare name.
 *
 * @param membersOf the setting under which they are explained, once for all
 */
export function memberSetting(
  entries: readonly Pick<Entry, 'kind' | 'settings'>[],
  membersOf: string,
): z.ZodType<Kind> {
  const kinds = entries.map((entry) => entry.kind) as [string, ...string[]];
  const expected = `expected one of: ${kinds.join(', ')}`;
  const settings = z.discriminatedUnion('kind', entries.map((entry) => entry.settings) as never);
  const word = z
    .enum(kinds, expected)
    .transform((kind) => ({ kind }))
    .pipe(settings as never);
  return z.union([word, settings], expected).meta({ membersOf }) as unknown as z.ZodType<Kind>;
}

/** What a member says of its own settings, by its path below the composite. */
export function remarksOf(entries: readonly Entry[], path: string, settings: Kind, outline: Outline): Remark[] {
  const found = entries.find(({ kind }) => kind === settings.kind)?.remarks?.(settings as never, outline) ?? [];
  return found.map((remark) => remarkBelow(path, remark));
}

/** A member's remark as one of the composite that has the member at this path below its own. */
export function remarkBelow(path: string, remark: Remark): Remark {
  return { ...remark, setting: [path, remark.setting].filter((part) => part !== '').join('.') };
}

/** Members of a role by job class: one for each class that is named, and one for all others. */
export interface ByClassSettings<Member extends Kind = Kind> {
  readonly otherwise: Member;
  readonly classes: Readonly<Record<string, Member>>;
}

export type ByClass = ByClassSettings & { readonly kind: 'by-class' };

/** The settings of a composite by class, of members with this schema. */
export function byClassSettings(member: z.ZodType<Kind>, meaning: string, otherwise: string): z.ZodType<ByClass> {
  return z.strictObject({
    kind: z.literal('by-class'),
    otherwise: member.describe(`${meaning} of all other classes`).prefault(otherwise as never),
    classes: z.record(z.string(), member.describe(meaning)).default({}).describe(`${meaning} by job class`),
  });
}

/** Their names, the others first: which members there are is the same for a whole run. */
export function namesByClass({ classes }: ByClassSettings): readonly string[] {
  return ['otherwise', ...Object.keys(classes).sort()];
}

/** Each member's settings with its path, in the order of their names. */
export function membersByClass<Member extends Kind>(settings: ByClassSettings<Member>): readonly [string, Member][] {
  const named = Object.keys(settings.classes).sort();
  return [
    ['otherwise', settings.otherwise],
    ...named.map((name): [string, Member] => [`classes.${name}`, settings.classes[name]!]),
  ];
}

/** Classes that there aren't, and a composite that makes no difference. */
export function classRemarks({ classes }: ByClassSettings, { classNames }: Outline): Remark[] {
  const names = Object.keys(classes);
  if (names.length === 0) {
    const why = 'so that all classes are treated alike';
    return [{ setting: '', expected: 'at least one job class in classes', found: 'none', why }];
  }
  const unknown = names.filter((name) => !classNames.includes(name));
  const expected = `job classes: ${classNames.join(', ')}`;
  const why = 'so that no job is ever of that class';
  return unknown.map((name) => ({ setting: `classes.${name}`, expected, found: name, why, isFault: true }));
}

/** The members that were made, and which of them a class has. */
export interface MembersByClass<Role> {
  readonly all: readonly Role[];
  /** @param jobClass an index; of none, or of one that isn't named, it is that of all others */
  of(jobClass: number): Role;
}

/** Makes each member with its own part of the settings, which stays live. */
export function createByClass<Member extends Kind, Role>(
  settings: Live<ByClassSettings<Member>>,
  classes: readonly JobClass[],
  create: (member: Live<Member>) => Role,
): MembersByClass<Role> {
  const named = Object.keys(settings.now.classes).sort();
  const otherwise = create(settings.map((values) => values.otherwise));
  const members = named.map((name) => create(settings.map((values) => values.classes[name]!)));
  const byClass = classes.map(({ name }) => members[named.indexOf(name)] ?? otherwise);
  return { all: [otherwise, ...members], of: (jobClass) => byClass[jobClass] ?? otherwise };
}
