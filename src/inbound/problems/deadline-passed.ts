/** The request took longer than it may, and no upstream was to blame by name. */
export class DeadlinePassed extends Error {
  constructor() {
    super('The request was not answered within the time allowed');
    this.name = 'DeadlinePassed';
  }
}
