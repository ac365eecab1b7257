// Loaded into the app by NODE_OPTIONS, as the app itself has no such thing. JavaScript: stripping types would take memory.

const betweenCollectionsMs = 200;

const printLiveMemory = () => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`live memory: ${heapUsed + external}\n`);
};

// Twice: what has a finalizer goes with the second collection only.
process.on('SIGUSR2', () => {
  globalThis.gc?.();
  setTimeout(printLiveMemory, betweenCollectionsMs);
});
