/** What whoever runs this wrote cannot be used. The message tells all of it, with remedies and without secrets: no stack is needed. */
export abstract class OperatorMistake extends Error {}
