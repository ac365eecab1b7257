import { withoutCredentials } from '../../platform/logging/safe-text.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/logging/log.ts';
import { readSmallFile } from '../../platform/read-small-file.ts';
import { watchFile, type Watch } from '../routes/watch-file.ts';
import { Discovery, type Found } from './discovery.ts';
import { FoundServers } from './found-servers.ts';
import { readServerList, type ServerList } from './server-list.ts';
import { TroubleLog } from './trouble-log.ts';

const MAX_BYTES = 1_048_576;
const SHOWN_MISTAKES = 5;

const TROUBLE = {
  begins: 'A file that lists the servers of an upstream is of no use; those known before stay',
  ends: 'A file that lists the servers of an upstream is in order again',
};

interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Servers that a file lists, YAML or JSON, read anew when it changes: URLs, or `{url, weight, priority}`, or the same
 * under `endpoints`. Put a new one in its place by renaming: one that is written slowly may be read while half is there.
 */
export class WatchedFile extends Discovery {
  readonly #trouble: TroubleLog;
  #servers: FoundServers | undefined;
  #watch: Watch | undefined;
  #isReading = false;
  #isStale = false;

  constructor(
    private readonly path: string,
    private readonly surroundings: Surroundings,
  ) {
    super();
    this.#trouble = new TroubleLog(surroundings.log, { discovery: path }, TROUBLE, 'each');
  }

  open(found: Found): Promise<void> {
    this.#servers = new FoundServers(found);
    this.#watch = watchFile(this.path, () => void this.read(), this.surroundings);
    return this.read();
  }

  close(): void {
    this.#watch?.close();
    this.#servers = undefined;
  }

  /** One at a time, and once more when it has changed meanwhile. */
  private async read(): Promise<void> {
    this.#isStale = true;
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      while (this.#isStale && this.#servers !== undefined) {
        this.#isStale = false;
        this.tell(await readList(this.path));
      }
    } finally {
      this.#isReading = false;
    }
  }

  private tell(list: ServerList): void {
    if (this.#servers === undefined) return;
    const mistakes = 'mistakes' in list ? list.mistakes : [];
    this.#trouble.tell(describe(mistakes));
    if ('servers' in list) this.#servers.tell(list.servers);
  }
}

const readList = async (path: string): Promise<ServerList> => {
  try {
    return readServerList(await readSmallFile(path, MAX_BYTES));
  } catch (error) {
    return { mistakes: [(error as Error).message] };
  }
};

const describe = (mistakes: readonly string[]): string | undefined => {
  if (mistakes.length === 0) return undefined;
  const more = mistakes.length - SHOWN_MISTAKES;
  const shown = mistakes.slice(0, SHOWN_MISTAKES).join('; ');
  return withoutCredentials(more > 0 ? `${shown}; and ${more} more` : shown);
};
