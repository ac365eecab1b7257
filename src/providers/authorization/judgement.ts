import type { Caller } from '../../platform/context/caller.ts';

/** Who presents a token; or why it is of no use, in words that its presenter may read. */
export type Verdict = { readonly caller: Caller } | { readonly refusal: string };

/** A verdict, and how long it may be given again for the same token, in ms. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly keepMs: number;
}

/** For tokens that are refused although asking somebody might show that they are good. */
export const NOT_ASKED = 'not known, and too many were refused';

export const refuse = (refusal: string, keepMs = 0): Judgement => ({ verdict: { refusal }, keepMs });

/** For `longestMs` at most, and never beyond the token's own end. */
export const accept = (caller: Caller, wallTime: number, longestMs: number): Judgement => ({
  verdict: { caller },
  keepMs: Math.min(longestMs, caller.expiresAt - wallTime),
});
