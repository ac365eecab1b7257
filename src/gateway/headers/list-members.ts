const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/** Nobody is behind more proxies than that; what is first in the list is the least worth believing. */
const MAX_MEMBERS = 32;

/**
 * The members of a list, as they are written; commas between quotes part nothing (RFC 9110 §5.6.1). Undefined when a quote
 * has no end: what is appended to that would be read as part of it.
 */
export const splitMembers = (list: string): string[] | undefined => {
  const members: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < list.length; at++) {
    const code = list.charCodeAt(at);
    if (isQuoted && code === BACKSLASH) at++;
    else if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === COMMA && !isQuoted) {
      members.push(list.slice(start, at).trim());
      start = at + 1;
    }
  }
  if (isQuoted) return undefined;
  members.push(list.slice(start).trim());
  return members.filter((member) => member !== '');
};

/** Appends ours to what came, of which at most the last 31 stay; what came broken does not. */
export const appendMember = (came: string | readonly string[] | undefined, ours: string): string => {
  if (came === undefined) return ours;
  const members = splitMembers(typeof came === 'string' ? came : came.join(', ')) ?? [];
  return [...members.slice(1 - MAX_MEMBERS), ours].join(', ');
};
