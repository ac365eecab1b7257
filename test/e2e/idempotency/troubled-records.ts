import { RecordsUnavailable, type Change, type NewRecord } from '../../../src/platform/records/records.ts';
import { MemoryRecords } from '../../support/memory-records.ts';

type Write = 'insert' | 'replace';

/** A write that waits. */
interface Held {
  /** Resolves when there is one. */
  readonly reached: Promise<void>;
  release(): void;
}

/** Records that count the writes asked of them, and lose or hold them when told so. */
export class TroubledRecords extends MemoryRecords {
  asked = 0;
  /** Fail without having written. */
  gone: ReadonlySet<Write> = new Set();
  /** Fail when they have written. */
  mute: ReadonlySet<Write> = new Set();
  #gate: { readonly reached: () => void; readonly opened: Promise<void> } | undefined;

  /** The next write waits until it is released. */
  hold(): Held {
    const [reached, opened] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    this.#gate = { reached: reached.resolve, opened: opened.promise };
    return { reached: reached.promise, release: opened.resolve };
  }

  override insert<T>(collection: string, record: NewRecord<T>): Promise<boolean> {
    return this.write('insert', () => super.insert(collection, record));
  }

  override replace<T>(collection: string, id: string, version: number, change: Change<T>): Promise<boolean> {
    return this.write('replace', () => super.replace(collection, id, version, change));
  }

  private async write(name: Write, work: () => Promise<boolean>): Promise<boolean> {
    this.asked += 1;
    const gate = this.#gate;
    this.#gate = undefined;
    gate?.reached();
    await gate?.opened;
    if (this.gone.has(name)) throw new RecordsUnavailable();
    const done = await work();
    if (this.mute.has(name)) throw new RecordsUnavailable();
    return done;
  }
}
