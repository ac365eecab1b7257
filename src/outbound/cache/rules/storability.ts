import type { Call, Reply } from '../../http/call.ts';
import { parseDirectives, type Directives } from './directives.ts';
import { isHeuristicallyCacheable, isUnderstood } from './status-rules.ts';
import { toResponseDirectives, type ResponseDirectives } from './targeted-directives.ts';
import { variesOnEverything } from './vary.ts';

type Answer = Pick<Reply, 'status' | 'headers'>;

/** Whether an answer may be kept by a cache that many share, and given to others (RFC 9111 §3). */
export const isStorable = (call: Call, answer: Answer, said = toResponseDirectives(answer.headers)): boolean => {
  const { directives } = said;
  // What is said of a range is no answer to those who want the whole.
  if (call.headers['range'] !== undefined && answer.status !== 200) return false;
  // Parts of a representation are passed through, never put together.
  if (call.method !== 'GET' || answer.status === 206 || answer.status === 304 || answer.status < 200) return false;
  if (parseDirectives(call.headers['cache-control']).has('no-store')) return false;
  if (isForbidden(answer.status, directives) || variesOnEverything(answer.headers)) return false;
  return mayServeOthers(call, directives) && isWorthKeeping(answer, said);
};

/** `must-understand` outweighs `no-store` where the status is understood (RFC 9111 §5.2.2.3). */
const isForbidden = (status: number, directives: Directives): boolean => {
  if (directives.isUnqualified('private')) return true;
  if (directives.has('must-understand')) return !isUnderstood(status);
  return directives.has('no-store');
};

/** RFC 9111 §3.5: what a caller's credential brought is for others only if the upstream says so. */
const mayServeOthers = (call: Call, directives: Directives): boolean =>
  !hasCallersCredential(call) || ['public', 's-maxage', 'must-revalidate'].some((name) => directives.has(name));

/** A credential nobody declared is taken for a caller's; so is a cookie. */
export const hasCallersCredential = ({ principal, headers, hadCredential }: Call): boolean => {
  if (hadCredential) return true;
  return principal ? principal.isCaller : headers['authorization'] !== undefined || headers['cookie'] !== undefined;
};

const isWorthKeeping = ({ status, headers }: Answer, { directives, isTargeted }: ResponseDirectives): boolean =>
  isHeuristicallyCacheable(status) ||
  ['public', 'max-age', 's-maxage'].some((name) => directives.has(name)) ||
  (!isTargeted && headers['expires'] !== undefined);
