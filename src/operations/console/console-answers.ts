import type { FastifyReply } from 'fastify';
import { strictPolicy } from '../../inbound/pages/strict-policy.ts';
import type { PageFile } from '../../inbound/pages/page-files.ts';

const HTML = 'text/html; charset=utf-8';

/** The page asks nobody but us, and makes no markup of text: there is no policy by which it could. */
const PAGE_POLICY = strictPolicy({ 'trusted-types': "'none'" });

/** No script at all; its form leads here, and nowhere else. */
const LOGIN_POLICY = strictPolicy({ 'script-src': "'none'", 'connect-src': "'none'", 'form-action': "'self'" });

/** What is at an address depends on who asks: no answer is kept. */
const send = (reply: FastifyReply, type: string, policy: string): void => {
  reply.type(type).headers({ 'cache-control': 'no-store', 'content-security-policy': policy });
};

export const sendConsole = (reply: FastifyReply, page: string): string => {
  send(reply, HTML, PAGE_POLICY);
  return page;
};

export const sendFile = (reply: FastifyReply, { type, text }: PageFile): string => {
  send(reply, type, PAGE_POLICY);
  return text;
};

export const sendLogin = (reply: FastifyReply, page: string): string => {
  send(reply, HTML, LOGIN_POLICY);
  return page;
};
