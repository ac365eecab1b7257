/** Whether `2026-02-28` was or will be. Dates roll over when parsed: 31 February would be 3 March. */
export const isDay = (date: string): boolean => {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
};
