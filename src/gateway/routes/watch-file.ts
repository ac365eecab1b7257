import { statSync, watch, type BigIntStats, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Cancel, Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';

/** A file is written in several steps: it is looked at when they are over. */
const SETTLE_MS = 100;

/** For file systems and mounts that report no changes. */
const POLL_EVERY_MS = 5_000;

export interface Around {
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
}

export interface Watch {
  /** Leaves no timer and no watcher behind, and tells nobody any more. Calling it again does nothing. */
  close(): void;
}

/**
 * Tells that what stands at a path has changed since the call, or is gone: also when another file was put in its place, or in that of a
 * link on the way to it, as Kubernetes does. Watches its folder, and looks every 5 s: a folder that cannot be watched is
 * logged, and no error. Tells perhaps once too often, never too seldom; reads nothing. Begin before the file is read.
 */
export const watchFile = (path: string, onChange: () => void, around: Around): Watch => {
  const watching = new FileWatch(path, onChange, around);
  watching.open();
  return watching;
};

class FileWatch implements Watch {
  #seen: string;
  #watcher: FSWatcher | undefined;
  #cancelPoll: Cancel | undefined;
  #cancelSettling: Cancel | undefined;
  #isTouched = false;
  #isClosed = false;

  constructor(
    private readonly path: string,
    private readonly onChange: () => void,
    private readonly around: Around,
  ) {
    this.#seen = looksNow(path);
  }

  open(): void {
    this.watchFolder();
    this.pollLater();
  }

  close(): void {
    this.#isClosed = true;
    this.#watcher?.close();
    this.#cancelPoll?.();
    this.#cancelSettling?.();
  }

  /** Of the folder, since a file that is replaced takes its watcher along. */
  private watchFolder(): void {
    try {
      const watcher = watch(dirname(this.path), { persistent: false }, (_event, name) => this.onEvent(name));
      this.#watcher = watcher.on('error', (error) => this.giveUp(error));
    } catch (error) {
      this.giveUp(error);
    }
  }

  private giveUp(error: unknown): void {
    this.#watcher?.close();
    const { code } = error as NodeJS.ErrnoException;
    this.around.log.warn(
      { path: this.path, code },
      'The folder of this file cannot be watched: it is looked at every 5 s',
    );
  }

  /** Waits from the first event on, not from the last: in a folder where much happens there is no last one. */
  private onEvent(name: string | null): void {
    this.#isTouched ||= name === basename(this.path);
    this.#cancelSettling ??= this.around.clock.schedule(() => {
      this.#cancelSettling = undefined;
      void this.look();
    }, SETTLE_MS);
  }

  private pollLater(): void {
    this.#cancelPoll = this.around.clock.schedule(() => void this.poll(), POLL_EVERY_MS);
  }

  private async poll(): Promise<void> {
    await this.look();
    if (!this.#isClosed) this.pollLater();
  }

  /** An event that names the file itself counts whatever it looks like: two writes may bear the same time and size. */
  private async look(): Promise<void> {
    const isTouched = this.#isTouched;
    this.#isTouched = false;
    const found = await looksOf(this.path);
    const isNew = this.#seen !== found;
    this.#seen = found;
    if ((isTouched || isNew) && !this.#isClosed) this.onChange();
  }
}

/** Through links. A file that is not there looks like something as well. */
const looksOf = (path: string): Promise<string> => stat(path, { bigint: true }).then(toText, toCode);

const looksNow = (path: string): string => {
  try {
    return toText(statSync(path, { bigint: true }));
  } catch (error) {
    return toCode(error);
  }
};

const toText = ({ dev, ino, size, mtimeNs, ctimeNs }: BigIntStats): string =>
  [dev, ino, size, mtimeNs, ctimeNs].join(' ');

const toCode = (error: unknown): string => String((error as NodeJS.ErrnoException).code);
