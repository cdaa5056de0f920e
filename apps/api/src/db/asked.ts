/**
 * A question that is asked now and read later. Its failure is told where it is read, and nowhere else: a promise that
 * fails before somebody looks at it would end the process. Questions of one transaction are answered in their order, and
 * PostgreSQL goes from one to the next without waiting for this process, which may be busy with another batch.
 */
export function asked<Answer>(answer: Promise<Answer>): Promise<Answer> {
  answer.catch(() => undefined);
  return answer;
}
