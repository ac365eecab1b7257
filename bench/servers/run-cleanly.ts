import { refuseChildren, stopEveryChild } from './child-process.ts';

const interruptedCode = 130;
let interrupted = false;

/** Whether somebody wants all of it to end. */
export const isInterrupted = (): boolean => interrupted;

export const toText = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stopAndExit = (): void => {
  interrupted = true;
  refuseChildren();
  void stopEveryChild().finally(() => process.exit(interruptedCode));
};

/** Does what a command is there for. However it ends, also by a signal, so does every process that was started. */
export const runCleanly = async (work: () => Promise<void>): Promise<void> => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stopAndExit);
  try {
    await work();
  } catch (error) {
    if (!interrupted) process.stderr.write(`${toText(error)}\n`);
    process.exitCode = interrupted ? interruptedCode : 1;
  } finally {
    refuseChildren();
    await stopEveryChild();
  }
};
