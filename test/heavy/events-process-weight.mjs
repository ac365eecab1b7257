// Loaded into the app before it starts, which has no such thing itself.

/** Finalizers run between collections, and free more. */
const COLLECTIONS = 3;
const BETWEEN_MS = 100;

const collect = async () => {
  for (let count = 0; count < COLLECTIONS; count += 1) {
    globalThis.gc({ type: 'major', execution: 'sync', flavor: 'last-resort' });
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
  }
};

process.on('message', async (message) => {
  if (message !== 'weigh') return;
  await collect();
  const { heapUsed, external, rss } = process.memoryUsage();
  process.send({ liveBytes: heapUsed + external, residentBytes: rss });
});
// The channel alone is no reason to live.
process.channel?.unref();
