/** Who wants to hear what the server says of its own accord. */
export interface Speakers {
  readonly size: number;
  /** Until the returned function is called. */
  add(say: (text: string) => void): () => void;
  say(text: string): void;
}

export function createSpeakers(): Speakers {
  const all = new Set<(text: string) => void>();
  return {
    get size() {
      return all.size;
    },
    add: (say) => {
      all.add(say);
      return () => void all.delete(say);
    },
    say: (text) => {
      for (const say of all) say(text);
    },
  };
}
