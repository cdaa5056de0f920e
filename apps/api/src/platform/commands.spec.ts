import { complaint } from './commands.js';
import { ConfigError } from './config/config.js';
import { Refused } from './errors/app-error.js';
import { invalidInput } from './http/validation.js';

describe('what a command says of an error', () => {
  it('is one sentence where one thing is wrong', () => {
    const issue = { path: ['dated'], message: 'is not a day such as 2026-04-15' };
    expect(complaint(invalidInput([issue]))).toBe('dated: is not a day such as 2026-04-15');
    expect(complaint(new Refused('NO', 'That cannot be.', [{ path: '', message: 'It is wrong.' }]))).toBe(
      'That cannot be.\n  It is wrong.',
    );
    expect(complaint(new ConfigError(['PORT is no number']))).toMatch(/PORT is no number$/);
  });

  it('lists what else is wrong', () => {
    const issues = ['dated', 'currency'].map((path) => ({ path: [path], message: 'is not right' }));
    expect(complaint(invalidInput(issues))).toBe('dated: is not right (and 1 more)\n  currency: is not right');
  });

  it('has the stack of what nobody foresaw', () => {
    expect(complaint(new Error('lost'))).toMatch(/^Error: lost\n +at /);
  });
});
