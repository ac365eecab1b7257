import type { CancelSignal } from '../cancellation.ts';
import type { Clock } from '../clock.ts';
import { sleep } from '../sleep.ts';
import { VaultUnavailable, type Lease, type Vault, type VaultKey } from './vault.ts';

export interface TurnOptions {
  /** How long `work` may take before somebody else gets a turn all the same. Default 10,000. */
  readonly leaseMs?: number;
  /** Longest that a turn is waited for, in ms; then the vault is unavailable. Default: for as long as it takes. */
  readonly patienceMs?: number;
  /** Ends the wait, not the work. Default: nothing does. */
  readonly signal?: CancelSignal;
}

interface Means {
  readonly vault: Vault;
  readonly clock: Clock;
}

const LEASE_MS = 10_000;
const NEVER = new AbortController().signal;
const POLL_EVERY_MS = 25;

/** Twice as long at most, so that those who wait do not all ask at once. */
const toPollMs = (): number => POLL_EVERY_MS * (1 + Math.random());

/**
 * Runs `work` when nobody else has a turn with that key, in this process or another. Whoever gets a turn looks first
 * whether somebody else has done the work meanwhile. A turn whose holder is gone ends after `leaseMs`.
 * @throws the signal's reason when it aborts before the turn; VaultUnavailable, without having begun; what `work` throws
 */
export const takeTurns = async <T>(
  { vault, clock }: Means,
  key: VaultKey,
  { leaseMs = LEASE_MS, patienceMs = Infinity, signal = NEVER }: TurnOptions,
  work: () => Promise<T>,
): Promise<T> => {
  const lease = await waitForLease({ vault, clock }, key, { leaseMs, patienceMs, signal });
  try {
    throwIfAborted(signal);
    return await work();
  } finally {
    // What could not be ended early ends by itself; the work is done.
    await lease.release().catch(() => undefined);
  }
};

const waitForLease = async (
  { vault, clock }: Means,
  key: VaultKey,
  { leaseMs, patienceMs, signal }: Required<TurnOptions>,
): Promise<Lease> => {
  const giveUpAt = clock.now() + patienceMs;
  for (;;) {
    throwIfAborted(signal);
    const lease = await vault.tryLease(key, leaseMs);
    if (lease) return lease;
    if (clock.now() >= giveUpAt) throw new VaultUnavailable();
    await sleep(clock, toPollMs(), signal);
  }
};

const throwIfAborted = ({ aborted, reason }: CancelSignal): void => {
  if (aborted) throw reason;
};
