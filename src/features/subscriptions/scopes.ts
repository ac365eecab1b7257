/** What callers need for their subscriptions. */
export const WRITE_SCOPE = 'webhooks:write';
