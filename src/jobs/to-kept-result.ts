/** Largest result that is kept, as JSON. */
export const MAX_RESULT_BYTES = 262_144;

interface KeptResult {
  readonly result: unknown;
  readonly isResultTooLarge?: boolean;
}

/**
 * What a method returned, as it is kept: nothing of one that is too large, for half of it would be of no use.
 * @throws TypeError for what cannot be written as JSON, such as a BigInt
 */
export const toKeptResult = (result: unknown): KeptResult => {
  const json = JSON.stringify(result) as string | undefined;
  if (json === undefined) return { result: null };
  if (Buffer.byteLength(json) > MAX_RESULT_BYTES) return { result: null, isResultTooLarge: true };
  return { result: JSON.parse(json) as unknown };
};
