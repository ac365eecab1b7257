const LOOK_EVERY_MS = 10;
const LOOKS = 20;

/** Waits until `progress` has not changed for 200 ms: for what somebody else holds back. @returns how far it has come */
export const atAHalt = async (progress: () => number): Promise<number> => {
  let last = progress();
  for (let looks = 0; looks < LOOKS; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (progress() !== last) looks = 0;
    last = progress();
  }
  return last;
};
