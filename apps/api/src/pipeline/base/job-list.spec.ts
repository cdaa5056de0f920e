import { jobs } from './job-list.js';

it('keeps apart what may take many minutes: no file waits for an import, and neither for a trial on history', () => {
  const long = [jobs['run-import'], jobs['run-account-export'], jobs['run-studio'], jobs['run-buckets']];
  expect(new Set(long.map(({ queue }) => queue)).size).toBe(long.length);
});
