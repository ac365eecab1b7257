import type { Step } from './step.ts';

/** A line for a POSIX shell that does what the step does, and needs nothing that was typed before. */
export const commandFor = (url: string, { method = 'GET', headers = {}, body, ...step }: Step): string => {
  // With a body, curl posts by itself.
  const isSaid = method === 'GET' || body !== undefined;
  return [
    `curl -s${step.withHeaders ? 'i' : ''}`,
    ...(isSaid ? [] : [`-X ${method}`]),
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quoted(body)}`]),
    quoted(url),
    ...(step.firstLines === undefined ? [] : [`| head -n ${step.firstLines}`]),
  ].join(' ');
};

/** Between single quotes everything stands for itself, but for the quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
