/** The reader of a stream took nothing for so long that it is dropped. */
export class ReaderStalled extends Error {
  constructor(forMs: number) {
    super(`The reader took nothing for ${forMs} ms`);
    this.name = 'ReaderStalled';
  }
}
