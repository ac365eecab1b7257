/** The request took longer than it may, and no upstream was to blame by name. */
export class DeadlinePassed extends Error {
  constructor(timeoutMs: number) {
    super(`The request was not answered within ${timeoutMs} ms`);
    this.name = 'DeadlinePassed';
  }
}
