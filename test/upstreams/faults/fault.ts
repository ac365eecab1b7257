import type { Exchange } from './exchange.ts';
import type { Performed } from './ledger.ts';

/** What a fault may know about the server around it. */
export interface FaultContext {
  /** Which request to this path this is, counted from 1. */
  readonly nthOnPath: number;
  /** Which request to this fault this is, whatever the rest of its path, counted from 1. */
  readonly nthOfFault: number;
  /** Where `/redirect` sends its clients. */
  readonly elsewhereUrl: string;
  /** The request has its effect now, unless its `Idempotency-Key` already had it. */
  perform(effect?: (timesOnThisPath: number) => string): Performed;
}

/** One way in which an upstream misbehaves. Must end in `answer`, `finish` or `hangUp`, or stall on purpose. */
export type Fault = (exchange: Exchange, context: FaultContext) => void;

/** First path segment → fault. */
export type Faults = Readonly<Record<string, Fault>>;

export const JSON_TYPE = { 'Content-Type': 'application/json' } as const;
