import type { Clock } from '../clock.ts';
import { MAX_SERIES } from './max-series.ts';
import { SecondsHistogram } from './seconds-histogram.ts';

/** All histograms of a process. Who reads them comes before they are made; each is told all of them, and no other takes it away. */
export class Histograms {
  readonly #all: SecondsHistogram[] = [];
  #readers = 0;

  constructor(readonly clock: Clock) {}

  /** @returns by which number one more asks series for what is its own */
  addReader(): number {
    return this.#readers++;
  }

  /** Of durations in s. To be called once for each name, with the labels in the order in which they are told. */
  create<const Labels extends readonly string[]>(
    name: string,
    description: string,
    labels: Labels,
  ): SecondsHistogram<Labels> {
    const readers = this.#readers;
    // Where nobody reads, nothing is kept.
    const maxSeries = readers === 0 ? 1 : MAX_SERIES;
    const histogram = new SecondsHistogram({ name, description, labels, maxSeries, readers, clock: this.clock });
    this.#all.push(histogram);
    return histogram;
  }

  [Symbol.iterator](): ArrayIterator<SecondsHistogram> {
    return this.#all.values();
  }
}
