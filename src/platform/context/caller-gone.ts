/** The caller hung up: nobody reads an answer, so none is made. */
export class CallerGone extends Error {
  constructor() {
    super('The caller closed the connection before it was answered');
    this.name = 'CallerGone';
  }
}
