import type { CallReceipt } from '../../outbound/index.ts';
import type { Clock } from '../../platform/clock.ts';
import { toLastError } from './to-last-error.ts';
import { isInVain } from './to-told.ts';
import type { Vitals } from './vitals.ts';

type Notices = NonNullable<CallReceipt['notices']>;

/** What a service said of itself last, and its last failure. */
export class LastSaid {
  #failed: { readonly receipt: CallReceipt; readonly at: number } | undefined;
  #quota: { readonly said: NonNullable<Notices['quota']>; readonly at: number } | undefined;
  #sunset: string | null = null;
  #deprecation: string | null = null;

  constructor(private readonly clock: Clock) {}

  note(receipt: CallReceipt): void {
    if (isInVain(receipt)) this.#failed = { receipt, at: this.clock.wallTime() };
    const { notices } = receipt;
    if (notices === undefined) return;
    if (notices.quota) this.#quota = { said: notices.quota, at: this.clock.wallTime() };
    this.#sunset = notices.sunset ?? this.#sunset;
    this.#deprecation = notices.deprecation ?? this.#deprecation;
  }

  read(): Pick<Vitals, 'lastError' | 'quota' | 'sunset' | 'deprecation'> {
    return {
      lastError: this.#failed ? toLastError(this.#failed.receipt, toTime(this.#failed.at)) : null,
      quota: this.#quota ? { ...this.#quota.said, at: toTime(this.#quota.at) } : null,
      sunset: this.#sunset,
      deprecation: this.#deprecation,
    };
  }
}

const toTime = (ms: number): string => new Date(ms).toISOString();
