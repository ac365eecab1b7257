import type { ConfigProblem } from '../platform/config/config-error.ts';
import type { OperationOptions } from './http/operation.ts';

const CREDENTIAL = /(token|key|secret|password|session|session_?id|signature)$/i;

/** What an operation lets be logged: names of query parameters, and not of those that bear credentials. */
export const loggedQueryProblems = (
  { loggedQuery = [] }: OperationOptions,
  own: (field: string) => string,
): ConfigProblem[] => {
  const remedy = 'name query parameters whose values anybody who reads the log may know';
  const wrong = loggedQuery.filter((name) => name === '' || CREDENTIAL.test(name));
  return wrong.map((value) => ({ variable: own('loggedQuery'), value, remedy }));
};
