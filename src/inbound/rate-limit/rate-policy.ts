/** The policy of `RATE_LIMIT`. */
export const DEFAULT_POLICY = 'default';

/** How many requests one caller may make in how long a window. */
export interface RatePolicy {
  /** Callers read it in the headers of their answers. */
  readonly name: string;
  readonly requests: number;
  readonly seconds: number;
}

/** @param text `requests/seconds`, as RATE_LIMIT has it */
export const toRatePolicy = (name: string, text: string): RatePolicy => {
  const [requests, seconds] = text.split('/').map(Number);
  return { name, requests: requests!, seconds: seconds! };
};

/** What sets the counters of a policy apart: another limit under the same name counts anew. Holds no colon. */
export const toPolicyId = ({ name, requests, seconds }: RatePolicy): string => `${name}/${requests}/${seconds}`;
