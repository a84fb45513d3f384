import { unitOfDifference } from '../../../reports/figure.js';
import { boundsInWords, heldExpectations } from '../../findings/expectations.js';
import { foundInWords, type JudgedBy, judgeBounds, keeps } from '../../findings/judged-bounds.js';
import { expectationsTable, heldValue } from '../../record/expectations.js';
import type { LoadedScenario } from '../../scenario/load.js';
import type { Position } from '../../scenario/text/faults.js';
import type { FailedReplication } from '../replicate.js';
import { isFailure, type Outcome, type UnitResult } from '../work/outcome.js';
import { type Baseline, baselineOf, firstOf, rounded, type Verdict } from './baseline.js';
import { changesSince, type MetricChange } from './changes.js';

/** An expectation, and what became of it. */
export interface CheckedExpectation {
  /** Number of the expectation in the scenario, from 1. */
  readonly expectation: number;
  readonly text: string;
  readonly verdict: Verdict;
  readonly found: string;
  /** Replications that the verdict took. */
  readonly replications: number;
  /** Where it stands; undefined where that isn't known. */
  readonly position: Position | undefined;
}

export interface CheckedScenario {
  readonly loaded: LoadedScenario;
  readonly expectations: readonly CheckedExpectation[];
  /**
   * `unchanged` if the first replication is that of the baseline, so that its verdicts hold; `same` if the figures
   * differ by no more than chance; null without a baseline, or where one is made.
   */
  readonly sinceBaseline: 'unchanged' | 'same' | 'changed' | null;
  /** Each metric against the baseline; none where there is none, or it is unchanged. */
  readonly changes: readonly MetricChange[];
  /** Metrics of the baseline that it is held against; 0 without one. */
  readonly metricsCompared: number;
  /** Replications that were run. */
  readonly runs: number;
  readonly failures: readonly FailedReplication[];
  /** What is to be stored, where baselines are made and all runs came to an end. */
  readonly baseline: Baseline | null;
}

/** How sure verdicts have to be. */
export interface Confidence {
  /** Of the interval of one expectation at one look, in (0, 1). */
  readonly ofExpectation: number;
  /** Of the interval of one metric's change, in (0, 1). */
  readonly ofChange: number;
  /** Change that is none, as a share of the metric's value in the baseline. */
  readonly margin: number;
}

/** One side of an expectation that is held against a figure. */
interface Part extends JudgedBy {
  readonly expectation: number;
  readonly text: string;
  readonly unit: string;
  /** NaN where it can't be told. */
  readonly valueOf: (outcome: Outcome, replication: number) => number;
  /** Replications that can tell of it; 0 without the baseline that it is about. */
  readonly most: number;
  /** Whether it is about the change since a baseline. */
  readonly isChange: boolean;
}

interface Decided {
  readonly verdict: Verdict;
  readonly found: string;
  readonly replications: number;
}

/** The verdicts of one scenario while its replications come in. */
export class ScenarioCheck {
  readonly #loaded: LoadedScenario;
  readonly #confidence: Confidence;
  readonly #makesBaseline: boolean;
  /** What it is held against; none where one is made. */
  readonly #baseline: Baseline | undefined;
  #results: readonly UnitResult[] = [];
  #parts: readonly Part[] = [];
  readonly #decided = new Map<Part, Decided>();
  #changes: readonly MetricChange[] = [];
  #hasLooked = false;
  #unchanged: readonly CheckedExpectation[] | null = null;

  /** @param makesBaseline whether what is found is to be stored */
  constructor(loaded: LoadedScenario, baseline: Baseline | undefined, confidence: Confidence, makesBaseline: boolean) {
    this.#makesBaseline = makesBaseline;
    this.#loaded = loaded;
    this.#baseline = baseline;
    this.#confidence = confidence;
  }

  /** Whether more replications can change no verdict; false before the first look. */
  get isDecided(): boolean {
    if (this.#unchanged !== null) return true;
    const isOpen = ([part, { replications, verdict }]: [Part, Decided]) => {
      return verdict === 'undecided' && replications < part.most;
    };
    return this.#hasLooked && ![...this.#decided].some(isOpen);
  }

  /** The first replication alone: is it that of the baseline, nothing has changed, and its verdicts hold. */
  takeFirst(result: UnitResult): void {
    this.#results = [result];
    if (isFailure(result) || this.#baseline === undefined) return;
    const { first, expectations, replications } = this.#baseline;
    const now = firstOf(result);
    if ((['trajectory', 'accounting', 'figures'] as const).some((key) => now[key] !== first[key])) return;
    const parts = this.#partsOf(result);
    const texts = this.#expected().map((expectation) => textOf(parts, expectation));
    if (texts.some((text) => expectations[text] === undefined)) return;
    this.#unchanged = this.#expected().map((expectation, place): CheckedExpectation => {
      const verdict = expectations[texts[place]!]!;
      const found = `nothing has changed since the baseline (${replications} replications)`;
      return { ...this.#named(expectation, texts[place]!), verdict, found, replications: 1 };
    });
  }

  /**
   * Results of the first replications, of which the look takes so many; those that are decided stay so.
   *
   * @param results in the order of replications, as many as the look and the baseline ask for
   */
  take(results: readonly UnitResult[], look: number): void {
    this.#results = results;
    this.#hasLooked = true;
    const first = results.find(isRun);
    if (first === undefined) return;
    if (this.#parts.length === 0) this.#parts = this.#partsOf(first);
    for (const part of this.#parts) {
      const before = this.#decided.get(part);
      if (before === undefined || before.verdict === 'undecided') this.#decided.set(part, this.#judge(part, look));
    }
    const baseline = this.#baseline;
    if (baseline === undefined || this.#changes.length > 0) return;
    const { ofChange, margin } = this.#confidence;
    this.#changes = changesSince(baseline, results.slice(0, baseline.replications), ofChange, margin);
  }

  result(): CheckedScenario {
    const [loaded, results] = [this.#loaded, this.#results];
    const failures = results.flatMap((failure, place) => {
      return isFailure(failure) ? [{ replication: place + 1, failure }] : [];
    });
    const expectations = this.#unchanged ?? this.#expected().map((one) => this.#verdictOf(one));
    const isChanged = this.#changes.some((change) => change.isChanged);
    const isCompared = this.#baseline !== undefined && failures.length < results.length;
    const { name, question, scenario } = loaded;
    const outcomes = results.filter(isRun);
    const verdicts = Object.fromEntries(expectations.map(({ text, verdict }) => [text, verdict]));
    return {
      loaded,
      expectations,
      sinceBaseline: this.#unchanged !== null ? 'unchanged' : isCompared ? (isChanged ? 'changed' : 'same') : null,
      changes: this.#changes,
      metricsCompared: Object.keys(this.#baseline?.metrics ?? {}).length,
      runs: results.length,
      failures,
      baseline:
        this.#makesBaseline && failures.length === 0
          ? baselineOf({ name, question, seed: scenario.seed }, outcomes, verdicts, scenario.registry.metrics)
          : null,
    };
  }

  /** Numbers of the expectations. */
  #expected(): readonly number[] {
    return this.#loaded.scenario.expect.map((_, place) => place + 1);
  }

  #named(expectation: number, text: string): Pick<CheckedExpectation, 'expectation' | 'text' | 'position'> {
    return { expectation, text, position: this.#loaded.position(['expect', String(expectation - 1)]) };
  }

  #verdictOf(expectation: number): CheckedExpectation {
    const parts = this.#parts.filter((part) => part.expectation === expectation);
    const decided = parts.map((part) => this.#decided.get(part)!);
    const named = this.#named(expectation, textOf(parts, expectation));
    if (decided.length === 0)
      return { ...named, verdict: 'undecided', found: 'no run came to an end', replications: 0 };
    const verdicts = decided.map(({ verdict }) => verdict);
    const verdict = (['fails', 'undecided', 'holds'] as const).find((one) => verdicts.includes(one))!;
    // what decides is told, where the sides came to different ends
    const telling = decided.filter((one) => one.verdict === verdict);
    const replications = telling.reduce((most, one) => Math.max(most, one.replications), 0);
    return { ...named, verdict, found: telling.map(({ found }) => found).join('; '), replications };
  }

  #judge(part: Part, look: number): Decided {
    // a baseline that is made now is that of these runs
    if (part.isChange && this.#makesBaseline) return unchanged(part, look);
    if (part.most === 0) return { verdict: 'undecided', found: 'no baseline to compare to', replications: 0 };
    const told = this.#results.slice(0, Math.min(look, part.most));
    const values = told
      .map((result, place) => (isFailure(result) ? Number.NaN : part.valueOf(result, place)))
      .filter((value) => !Number.isNaN(value));
    const judged = judgeBounds(values, part, this.#confidence.ofExpectation);
    const verdict = judged.met === null ? 'undecided' : judged.met ? 'holds' : 'fails';
    return { verdict, found: foundInWords(judged, part, part.unit, values, told.length), replications: told.length };
  }

  #partsOf(first: Outcome): readonly Part[] {
    const texts = heldExpectations(expectationsTable(first.held));
    const own = first.held.flatMap(({ expectation, metric, unit, bounds, over, comparedTo }, place): Part[] => {
      if (expectation === 0) return [];
      return [
        {
          ...{ expectation, bounds, over, text: texts[place]!.text, isQuantile: this.#isQuantile(metric) },
          unit: comparedTo === '' ? unit : unitOfDifference(unit),
          valueOf: ({ held }) => heldValue(held[place]!),
          most: Number.POSITIVE_INFINITY,
          isChange: false,
        },
      ];
    });
    const sinceBaseline = this.#loaded.scenario.expect.flatMap((stated, place): Part[] => {
      if (stated.against === undefined) return [];
      const { metric, above, atLeast, below, atMost, over } = stated;
      const unit = unitOfDifference(this.#loaded.scenario.registry.metricNamed(metric).unit);
      const bounds = { above, atLeast, below, atMost };
      const before = this.#baseline?.metrics[metric] ?? [];
      return [
        {
          ...{ expectation: place + 1, bounds, over, unit, isQuantile: this.#isQuantile(metric) },
          text: `${metric}, change since the baseline, ${boundsInWords(bounds, over, unit)}`,
          valueOf: ({ values }, replication) => rounded(values[metric]!) - (before[replication] ?? Number.NaN),
          most: before.length,
          isChange: true,
        },
      ];
    });
    return [...own, ...sinceBaseline];
  }

  #isQuantile(metric: string): boolean {
    return this.#loaded.scenario.registry.metricNamed(metric).isQuantile === true;
  }
}

/** No change: so it stands to the bounds. */
function unchanged(part: Part, replications: number): Decided {
  return { verdict: keeps(0, part.bounds) ? 'holds' : 'fails', found: 'no change', replications };
}

function isRun(result: UnitResult): result is Outcome {
  return !isFailure(result);
}

/** The expectation in words, both sides of it. */
function textOf(parts: readonly Part[], expectation: number): string {
  const texts = parts.filter((part) => part.expectation === expectation).map(({ text }) => text);
  return texts.length === 0 ? `expectation ${expectation}` : texts.join(' and ');
}
