import { diag, DiagLogLevel, type DiagLogFunction, type DiagLogger } from '@opentelemetry/api';
import type { Log } from '../logging/log.ts';

/** Different ones that are told. */
const MAX_TOLD = 50;

/** A part may be what a collector answered. */
const MAX_LENGTH = 300;

/** What is wrong again with another value is the same thing. */
const NUMBERS = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi;

const ignore: DiagLogFunction = () => undefined;

/** What the SDK finds wrong goes to our log and not to stderr, each thing once. */
export const tellDiagnostics = (log: Log): void => {
  const told = new Set<string>();
  const tell: DiagLogFunction = (...parts: unknown[]) => {
    const text = toText(parts);
    const what = text.replace(NUMBERS, '#');
    if (told.has(what) || told.size >= MAX_TOLD) return;
    told.add(what);
    log.warn({ context: 'OpenTelemetry' }, text);
  };
  const logger: DiagLogger = { error: tell, warn: tell, info: ignore, debug: ignore, verbose: ignore };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
};

/** Errors tell their names alone: their messages and properties may hold anything. */
const toText = (parts: readonly unknown[]): string => {
  const texts = parts.map((part) => (typeof part === 'string' ? part.trim() : part instanceof Error ? part.name : ''));
  return texts.join(' ').trim().slice(0, MAX_LENGTH);
};
