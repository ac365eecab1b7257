import type { Topic } from './event-hub.ts';

/** Ids, keys and paths are made of it. */
const NAME = /^[a-z][a-z-]{0,62}$/;

/** What has been declared, each with what an implementation keeps of it. */
export class Topics<T> {
  readonly #kept = new Map<string, { readonly topic: Topic; readonly kept: T }>();

  constructor(private readonly keep: (topic: Topic) => T) {}

  /** @throws Error when the name is taken, or is none; when an owned topic is public */
  declare(topic: Topic): T {
    const { name, access, isOwned } = topic;
    if (!NAME.test(name)) throw new Error(`"${name}" is no name for a topic: give lower-case letters and dashes`);
    if (this.#kept.has(name)) throw new Error(`There are two topics called "${name}"`);
    if (isOwned && access === 'public') throw new Error(`The topic "${name}" is owned: it cannot be public`);
    const kept = this.keep(topic);
    this.#kept.set(name, { topic, kept });
    return kept;
  }

  find(name: string): Topic | undefined {
    return this.#kept.get(name)?.topic;
  }

  all(): readonly Topic[] {
    return [...this.#kept.values()].map(({ topic }) => topic);
  }

  /** @throws Error when nobody has declared it */
  get(name: string): T {
    const found = this.#kept.get(name);
    if (found === undefined) throw new Error(`There is no topic "${name}": declare it first`);
    return found.kept;
  }

  each(): readonly T[] {
    return [...this.#kept.values()].map(({ kept }) => kept);
  }
}
