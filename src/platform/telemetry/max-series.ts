/**
 * Series that one observed instrument, or one histogram of ours, may have in the life of a process: what the cache did for 1,200
 * providers, say. Beyond them all comes into one of `otel.metric.overflow`; of its own accord the SDK does so beyond 2,000.
 */
export const MAX_SERIES = 12_000;
