/**
 * For connections whose users have something better to do than to wait: what is not answered is not asked again by
 * itself, and a connection that stays silent for so long is given up.
 */
export const IMPATIENT = {
  enableOfflineQueue: false,
  maxRetriesPerRequest: 0,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  socketTimeout: 5_000,
} as const;
