/** The server takes a refresh token no longer: it ran out, was revoked, or was used before. Its user has to log in again. */
export class GrantEnded extends Error {
  constructor() {
    super('The authorization server has ended the grant');
    this.name = 'GrantEnded';
  }
}
