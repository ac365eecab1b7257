import { diag, type Attributes } from '@opentelemetry/api';
import { SecondsTally, toBucket } from './seconds-tally.ts';

/** Durations with the same labels. To record one takes some 15 ns. */
export class SecondsSeries {
  readonly #tallies: SecondsTally[];

  /**
   * @param name of the histogram
   * @param readers how many read it, each by itself
   * @param since ms since 1970
   */
  constructor(
    private readonly name: string,
    readonly attributes: Attributes,
    { readers, since }: { readonly readers: number; readonly since: number },
  ) {
    this.#tallies = Array.from({ length: readers }, () => new SecondsTally(since));
  }

  /** One that is no duration is told of and left out: a sum would be spoilt by it for ever. */
  record(seconds: number): void {
    if (!Number.isFinite(seconds) || seconds < 0)
      return diag.warn(`value that is no duration provided to histogram ${this.name}: ${seconds}`);
    const bucket = toBucket(seconds);
    for (const tally of this.#tallies) tally.add(seconds, bucket);
  }

  /** All that came, for one of the readers. */
  read(reader: number): SecondsTally {
    return this.#tallies[reader]!;
  }

  /** What came since this was last called for that reader. */
  take(reader: number, now: number): SecondsTally {
    const tally = this.read(reader);
    if (tally.count > 0) this.#tallies[reader] = new SecondsTally(now);
    return tally;
  }
}
