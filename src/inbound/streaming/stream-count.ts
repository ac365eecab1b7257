import { Injectable } from '@nestjs/common';

/** How many event streams are open, whoever began them. */
@Injectable()
export class StreamCount {
  #open = 0;

  get open(): number {
    return this.#open;
  }

  /** One more. Returns what takes it away, once. */
  add(): () => void {
    this.#open += 1;
    let isOpen = true;
    return () => {
      if (isOpen) this.#open -= 1;
      isOpen = false;
    };
  }
}
