import type { Attributes } from '@opentelemetry/api';
import type { Clock } from '../clock.ts';
import { SecondsSeries } from './seconds-series.ts';

/** Of a label; undefined where a series does not bear it. */
type LabelValue = string | number | undefined;

type LabelValues<Labels extends readonly string[]> = { readonly [Place in keyof Labels]: LabelValue };

/** Where the values so far lead to. */
interface Branch {
  next?: Map<LabelValue, Branch>;
  series?: SecondsSeries;
}

interface Parts<Labels> {
  readonly name: string;
  readonly description: string;
  readonly labels: Labels;
  /** The last of them is one for all that comes beyond them. */
  readonly maxSeries: number;
  /** How many read it. */
  readonly readers: number;
  readonly clock: Clock;
}

/**
 * A histogram of durations in s. The SDK's makes a text of all attributes and their names for each measurement; here a series is
 * found by the labels' values alone, one after the other, for a small part of that.
 */
export class SecondsHistogram<const Labels extends readonly string[] = readonly string[]> {
  readonly #root: Branch = {};
  readonly #series: SecondsSeries[] = [];
  readonly #overflow: SecondsSeries;

  constructor(private readonly parts: Parts<Labels>) {
    this.#overflow = this.create({ 'otel.metric.overflow': true });
  }

  get name(): string {
    return this.parts.name;
  }

  get description(): string {
    return this.parts.description;
  }

  /** @param values in the order of the labels */
  series(...values: LabelValues<Labels>): SecondsSeries {
    let branch: Branch | undefined = this.#root;
    for (const value of values) {
      branch = branch.next?.get(value);
      if (branch === undefined) return this.begin(values);
    }
    return branch.series ?? this.begin(values);
  }

  *[Symbol.iterator](): Generator<SecondsSeries> {
    yield* this.#series;
    yield this.#overflow;
  }

  private begin(values: LabelValues<Labels>): SecondsSeries {
    if (this.#series.length >= this.parts.maxSeries - 1) return this.#overflow;
    const series = this.create(toAttributes(this.parts.labels, values));
    this.#series.push(series);
    return (grow(this.#root, values).series = series);
  }

  private create(attributes: Attributes): SecondsSeries {
    const { name, readers, clock } = this.parts;
    return new SecondsSeries(name, attributes, { readers, since: clock.wallTime() });
  }
}

/** @returns where the values lead to from now on */
const grow = (root: Branch, values: readonly LabelValue[]): Branch => {
  let branch = root;
  for (const value of values) {
    const next: Map<LabelValue, Branch> = (branch.next ??= new Map());
    branch = next.get(value) ?? {};
    next.set(value, branch);
  }
  return branch;
};

const toAttributes = (labels: readonly string[], values: readonly LabelValue[]): Attributes => {
  const attributes: Attributes = {};
  for (const [place, label] of labels.entries()) {
    const value = values[place];
    if (value !== undefined) attributes[label] = value;
  }
  return attributes;
};
