import { defineConfig } from '../../platform/config/define-config.ts';
import { WholeNumber } from '../../platform/config/variables.ts';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

/** How long a browser stays logged in. */
export class SessionOptions {
  /** A session that nobody uses ends after this, in ms. Default 30 minutes. */
  @WholeNumber(SECOND_MS, 365 * DAY_MS)
  idleMs = 1_800_000;

  /** A session ends this long after its login, however much it is used, in ms. Default 8 hours. */
  @WholeNumber(SECOND_MS, 365 * DAY_MS)
  maxMs = 28_800_000;
}

export const sessionConfig = defineConfig('session', { type: SessionOptions, prefix: 'SESSION_' });
