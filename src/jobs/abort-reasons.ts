/** Somebody asked for it. */
export class CallCancelled extends Error {
  constructor() {
    super('The background call was cancelled');
    this.name = 'CallCancelled';
  }
}

/** The process is told to stop, and waits no longer. */
export class WorkerStopping extends Error {
  constructor() {
    super('The worker that made the background call stops');
    this.name = 'WorkerStopping';
  }
}

/** An attempt has its time, however many calls it makes. */
export class AttemptTooLong extends Error {
  constructor() {
    super('The attempt at the background call was not over within the time allowed');
    this.name = 'AttemptTooLong';
  }
}
