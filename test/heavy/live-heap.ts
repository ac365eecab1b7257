/** Finalizers run between collections, and free more. */
const COLLECTIONS = 4;

/** Bytes on the heap that something still refers to. Needs `node --expose-gc`. */
export const measureLiveHeap = async (): Promise<number> => {
  if (!globalThis.gc) throw new Error('Start node with --expose-gc, as `npm run test:heavy` does');
  for (let count = 0; count < COLLECTIONS; count += 1) {
    await globalThis.gc({ execution: 'async' });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
};
