const toEvent = (type: string, data: object): Buffer =>
  Buffer.from(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);

/** A line that says nothing, to nobody: so that all on the way see that the connection lives. */
export const HEARTBEAT = Buffer.from(':\n\n');

export const RESET = toEvent('reset', { reason: 'what happened since then is not known any more' });

export const DROPPED = toEvent('dropped', { reason: 'too slow' });

export const EXPIRED = toEvent('expired', { reason: 'the credential has ended' });

/** To be remembered by browsers, which tell their page nothing of it. */
export const toPlace = (id: string): string => `id: ${id}\n\n`;
