/** Give or take a tenth, so that what began at the same time does not go on so. */
export const jitter = (ms: number): number => ms * (0.9 + Math.random() * 0.2);
