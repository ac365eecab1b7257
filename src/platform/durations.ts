/** In ms. */
export const HOUR_MS = 3_600_000;

/** Of 30 days, in ms. */
export const MONTH_MS = 30 * 24 * HOUR_MS;
