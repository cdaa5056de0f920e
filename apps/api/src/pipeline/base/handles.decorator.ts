import { SetMetadata } from '@nestjs/common';
import type { JobName } from './job.js';
import type { jobs } from './job-list.js';

export const HANDLES = 'steward:handles-job';

/** Marks the method of a processor that does a job. It gets the parsed payload and the running job. */
export const Handles = (job: JobName<typeof jobs>): MethodDecorator => SetMetadata(HANDLES, job);
