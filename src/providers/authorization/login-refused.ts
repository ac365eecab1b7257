/** A login that did not come about. Its reason may be shown: an OAuth error code, or words of our own. */
export class LoginRefused extends Error {
  constructor(readonly reason: string) {
    super(`The login was refused: ${reason}`);
    this.name = 'LoginRefused';
  }
}
