/** Does `work` once, shortly after it was asked for, however often that was; never twice at a time. */
export const soon = (work: () => Promise<void>, delayMs = 200): (() => void) => {
  let timer: number | undefined;
  let isWorking = false;
  let isAskedAgain = false;
  const ask = (): void => {
    isAskedAgain = isWorking;
    if (isWorking) return;
    clearTimeout(timer);
    timer = setTimeout(() => void run(), delayMs);
  };
  const run = async (): Promise<void> => {
    isWorking = true;
    await work();
    isWorking = false;
    if (isAskedAgain) ask();
  };
  return ask;
};
