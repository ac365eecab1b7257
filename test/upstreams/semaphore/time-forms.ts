/** A time in microseconds since 1970; 0: it has not come yet. */
export type Micros = number;

export interface SecondsAndNanos {
  readonly seconds: number;
  readonly nanos: number;
}

/** As lists have it; unset is `{ seconds: 0, nanos: 0 }`. */
export const toSecondsAndNanos = (time: Micros): SecondsAndNanos => ({
  seconds: Math.floor(time / 1_000_000),
  nanos: (time % 1_000_000) * 1_000,
});

/** As single answers have it, `YYYY-MM-DD HH:MM:SS.ffffffZ`; unset is in 1970. */
export const toDatetimeText = (time: Micros): string => {
  const [date, clock] = new Date(Math.floor(time / 1_000_000) * 1_000).toISOString().slice(0, 19).split('T');
  return `${date} ${clock}.${String(time % 1_000_000).padStart(6, '0')}Z`;
};

/** As jobs have it: int64 is a string in the JSON form of protobuf; unset is `"0"`. */
export const toSecondsText = (time: Micros): string => String(Math.floor(time / 1_000_000));
