import { Injectable } from '@nestjs/common';
import { BackgroundOperation, type BackgroundAttempt, type CallOwner } from '../../outbound/index.ts';
import { IdParams, type Accepted } from './ids.dto.ts';
import { PipelinesRepository } from './pipelines.repository.ts';
import { WorkflowRequest, type StartedWorkflow } from './workflows.dto.ts';
import { WorkflowsRepository } from './workflows.repository.ts';

/** Whose a call is that nobody asked for. */
const OURSELVES: CallOwner = { issuer: '', subject: '' };

/** What of the writes can be done in the background; each answers as its route does. */
@Injectable()
export class CiOperations {
  constructor(
    private readonly workflows: WorkflowsRepository,
    private readonly pipelines: PipelinesRepository,
  ) {}

  /** The CI service takes no key here: whether one was started that nobody heard of, it cannot say. */
  @BackgroundOperation({
    name: 'ci.runWorkflow',
    input: WorkflowRequest,
    access: ['ci:write'],
    repeatable: 'never',
  })
  run(request: WorkflowRequest): Promise<StartedWorkflow> {
    return this.workflows.run(request);
  }

  @BackgroundOperation({ name: 'ci.rerunWorkflow', input: IdParams, access: ['ci:write'], repeatable: 'always' })
  rerun({ id }: IdParams, { callId, owner = OURSELVES }: BackgroundAttempt): Promise<StartedWorkflow> {
    return this.workflows.rerun(id, owner, callId);
  }

  @BackgroundOperation({ name: 'ci.stopWorkflow', input: IdParams, access: ['ci:write'], repeatable: 'always' })
  stop({ id }: IdParams): Promise<Accepted> {
    return this.workflows.stop(id);
  }

  @BackgroundOperation({ name: 'ci.rebuildPipeline', input: IdParams, access: ['ci:write'], repeatable: 'always' })
  rebuild({ id }: IdParams, { callId, owner = OURSELVES }: BackgroundAttempt): Promise<Accepted> {
    return this.pipelines.rebuild(id, owner, callId);
  }
}
