type Told = (isWanted: boolean) => void;

/** How many want something, and who is told when the first comes and the last goes. */
export class Demand {
  #count = 0;
  readonly #told: Told[] = [];

  /** @param run how those who are told are called: none may keep the others from hearing */
  constructor(private readonly run: (listener: () => void) => void) {}

  /** Told at once, and at every change. */
  onChange(told: Told): void {
    this.#told.push(told);
    this.run(() => told(this.#count > 0));
  }

  /** Returns what ends it; calling that again does nothing. */
  begin(): () => void {
    this.#count += 1;
    if (this.#count === 1) this.tell(true);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#count -= 1;
      if (this.#count === 0) this.tell(false);
    };
  }

  private tell(isWanted: boolean): void {
    for (const told of this.#told) this.run(() => told(isWanted));
  }
}
