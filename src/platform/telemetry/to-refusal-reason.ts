/** Why a collector did not take what it was sent. What it answered may be anything, and is not for the log. */
export const toRefusalReason = (error: (Error & { code?: unknown }) | undefined): string =>
  typeof error?.code === 'number' ? `it answered ${error.code}` : String(error?.code ?? error?.name ?? 'unknown');
