/** What is done about answers that break their schema. */
export const CONTRACT_MODES = ['enforce', 'report', 'off'] as const;
export type ContractMode = (typeof CONTRACT_MODES)[number];

/** `new`: a field that was not there before. `missing`: one that always was. `retyped`: another type or form than it has. */
export type FindingKind = 'new' | 'missing' | 'retyped';

/** How answers of an operation differ from what they promise, or from what they were. Never holds a value. */
export interface Finding {
  readonly operation: string;
  /** `moves[].move.name`; `[]` is any element, `{}` any key that is data itself; `(root)` is the whole answer. */
  readonly path: string;
  readonly kind: FindingKind;
  /** JSON types, such as `string` or `null, string`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export interface ContractFinding extends Finding {
  /** In how many of the answers that were looked at. */
  readonly count: number;
  /** ISO 8601. */
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}
