import type { Caller } from '../../src/platform/context/caller.ts';
import { RequestContext, runInContext } from '../../src/platform/context/request-context.ts';
import { Secret } from '../../src/platform/secret.ts';

/** `ann`, who came with the token `ann-token`, unless told otherwise. */
export const buildCaller = (subject = 'ann', token = `${subject}-token`, own: Partial<Caller> = {}): Caller => ({
  issuer: 'https://issuer.example',
  subject,
  clientId: 'web',
  audience: ['https://api.example'],
  scopes: ['read', 'write'],
  expiresAt: Infinity,
  token: new Secret(token),
  ...own,
});

/** A request of that caller; nobody's when there is none. */
export const requestOf = (caller?: Caller, deadlineAt = Infinity): RequestContext => {
  const context = new RequestContext('request-1', undefined, deadlineAt);
  context.caller = caller;
  return context;
};

/** Runs `work` as part of one request of that caller, which is over when it has ended. */
export const runAs = <T>(caller: Caller | undefined, work: () => T): T => runInContext(requestOf(caller), work);
