// Loaded into the app by NODE_OPTIONS, as the app itself has no such thing. JavaScript: stripping types would take memory.

const betweenCollectionsMs = 200;
// `last-resort` also gives pages back; it costs compiled code.
const options = { type: 'major', execution: 'sync', flavor: process.env['COLLECTION_FLAVOR'] ?? 'regular' };

const printLiveMemory = () => {
  globalThis.gc?.(options);
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`live memory: ${heapUsed + external}\n`);
};

// Twice: what has a finalizer goes with the second collection only.
process.on('SIGUSR2', () => {
  globalThis.gc?.(options);
  setTimeout(printLiveMemory, betweenCollectionsMs);
});
