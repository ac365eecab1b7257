/** How many requests one caller may make in how long a window. */
export interface RatePolicy {
  readonly requests: number;
  readonly seconds: number;
}

/** @param text `requests/seconds`, as RATE_LIMIT has it */
export const toRatePolicy = (text: string): RatePolicy => {
  const [requests, seconds] = text.split('/').map(Number);
  return { requests: requests!, seconds: seconds! };
};
