import { z } from 'zod';
import { handlersByJob } from './job-handlers.js';

const jobs = {
  'refresh.drain': { queue: 'live', payload: z.strictObject({}) },
  'import.run': { queue: 'imports', payload: z.strictObject({ importId: z.uuid() }) },
} as const;

const handler = async () => {};

describe('jobs and their handlers', () => {
  it('fit when each job has one', () => {
    const found = [
      { job: 'refresh.drain', where: 'Drain.run', handler },
      { job: 'import.run', where: 'Imports.run', handler },
    ];
    expect([...handlersByJob(jobs, found).keys()]).toEqual(['refresh.drain', 'import.run']);
  });

  it('stop the process when one is missing, one is there twice and one is for no job, naming all three', () => {
    const found = [
      { job: 'import.run', where: 'Imports.run', handler },
      { job: 'import.run', where: 'Files.run', handler },
      { job: 'mail.send', where: 'Mail.send', handler },
    ];
    expect(() => handlersByJob(jobs, found)).toThrow(
      /refresh\.drain has no handler\s+job import\.run has 2 handlers: Imports\.run, Files\.run\s+Mail\.send handles mail\.send/,
    );
  });
});
