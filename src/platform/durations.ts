/** In ms. */
export const MINUTE_MS = 60_000;

/** In ms. */
export const HOUR_MS = 60 * MINUTE_MS;

/** In ms. */
export const DAY_MS = 24 * HOUR_MS;

/** Of 30 days, in ms. */
export const MONTH_MS = 30 * DAY_MS;
