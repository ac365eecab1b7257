import { ValidateBy } from 'class-validator';

export const JOB_STATES = ['pending', 'queued', 'running', 'finished'] as const;

const isJobState = (text: string): boolean => (JOB_STATES as readonly string[]).includes(text);

/** One or several states of a job, separated by commas, each once. */
export const JobStates = (): PropertyDecorator =>
  ValidateBy({
    name: 'jobStates',
    validator: {
      validate: (value) => typeof value === 'string' && isListOfStates(value.split(',', JOB_STATES.length + 1)),
      defaultMessage: () => `must be one or several of ${JOB_STATES.join(', ')}, separated by commas, each once`,
    },
  });

const isListOfStates = (states: readonly string[]): boolean =>
  states.every(isJobState) && new Set(states).size === states.length;

/** Always in the same order, however they were given; none for all. */
export const toStates = (list: string | undefined): string[] => list?.split(',').sort() ?? [];
