import { watchFile, type Around, type Watch } from './watch-file.ts';

/** What tells a process to read its configuration anew. Without a listener it ends the process. */
const RELOAD = 'SIGHUP';

/** Tells when the file is to be read anew: it has changed, is gone, or somebody sent SIGHUP. Whether it is any good, reading tells. */
export const watchRouteFile = (path: string, onChange: () => void, around: Around): Watch => {
  const watching = watchFile(path, onChange, around);
  const onSignal = (): void => onChange();
  process.on(RELOAD, onSignal);
  return {
    close: () => {
      process.off(RELOAD, onSignal);
      watching.close();
    },
  };
};
