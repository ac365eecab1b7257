/** A few round numbers from zero to at least `greatest`. */
export const toTicks = (greatest: number): number[] => {
  if (!(greatest > 0) || !Number.isFinite(greatest)) return [0, 1];
  const roughStep = greatest / 5;
  const magnitude = 10 ** Math.floor(Math.log10(roughStep));
  const step = ([1, 2, 2.5, 5].find((each) => each * magnitude >= roughStep) ?? 10) * magnitude;
  const count = Math.ceil(greatest / step);
  return Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
};
