/** The connection was never begun: its host leads nowhere that this provider may go. */
export class EgressRefused extends Error {
  readonly code = 'EGRESS_REFUSED';

  /** Names no address: those of our own networks are nobody's business. */
  constructor() {
    super('the host has no address that this provider may connect to');
    this.name = 'EgressRefused';
  }
}
