/** The token is not what the server signed, or not for us. Its words may be shown. */
export class NotVerified extends Error {
  constructor(readonly refusal: string) {
    super(refusal);
    this.name = 'NotVerified';
  }
}
