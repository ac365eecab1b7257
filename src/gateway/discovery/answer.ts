/** What name servers say to one question. */
export type Answer<T> =
  | {
      readonly kind: 'records';
      readonly records: readonly T[];
      /** How long it holds, in ms; absent where nobody said. */
      readonly ttlMs?: number;
    }
  /** There is no such name, or it has no such records. */
  | { readonly kind: 'none' }
  /** Nobody knows: no answer, or none that is of use. `reason` is a code such as ETIMEOUT. */
  | { readonly kind: 'failed'; readonly reason: string };
