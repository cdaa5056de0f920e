import { Alert, Button, Skeleton } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Section } from '../../../components/ui/section.js';
import { ApiError, errorText } from '../../../lib/api.js';
import { formatDay } from '../../../lib/days.js';
import classes from './dry-run.module.css';
import type { DryRun } from './use-dry-run.js';

interface DryRunSectionProps<A extends { rows: readonly unknown[] }> {
  dryRun: DryRun<A>;
  /** “tier”. */
  one: string;
  children: (answer: A) => ReactNode;
}

/** Tries the draft out on today's accounts; says when what is shown is of an earlier state. */
export function DryRunSection<A extends { asOf: string; rows: readonly unknown[] }>({
  dryRun,
  one,
  children,
}: DryRunSectionProps<A>) {
  const { answer, error, isPending, isStale, run } = dryRun;
  return (
    <Section
      title="Where accounts would go"
      note={answer ? `as of ${formatDay(answer.asOf)}` : null}
      aside={
        <Button
          variant="default"
          loading={isPending}
          leftSection={<IconPlayerPlay size={13} aria-hidden />}
          onClick={run}
        >
          {answer === null ? 'Try it out' : 'Try again'}
        </Button>
      }
    >
      {error ? <DryRunError error={error} /> : null}
      {answer === null && !isPending && !error ? (
        <p className={classes.quiet}>
          Who would move from which {one} to which, with their ARR, before anything is published.
        </p>
      ) : null}
      {answer === null && isPending ? <Skeleton h={160} /> : null}
      {answer === null || error ? null : (
        <div data-stale={isStale || undefined} className={classes.answer}>
          {isStale ? (
            <p className={classes.note} role="status">
              You changed something since: this is of before. Try again.
            </p>
          ) : null}
          {children(answer)}
        </div>
      )}
    </Section>
  );
}

/** Why nothing can be tried; places are marked beside their fields. */
function DryRunError({ error }: { error: Error }) {
  const isUnsound = error instanceof ApiError && error.code === 'DRAFT_NOT_VALID';
  return (
    <Alert variant="light" color={isUnsound ? 'gray' : 'red'} role="alert" p="xs" mb="xs">
      {isUnsound ? 'It can be tried once what is marked is mended.' : errorText(error)}
    </Alert>
  );
}

/** What follows for accounts, in sentences; null while it is being found out. */
export function EffectInShort({ error, sentences }: { error: Error | null; sentences: readonly string[] | null }) {
  return (
    <div>
      <h3 className={classes.effect}>What follows for accounts</h3>
      {error ? <DryRunError error={error} /> : null}
      {sentences === null && !error ? <Skeleton h={40} /> : null}
      {error
        ? null
        : sentences?.map((sentence) => (
            <p key={sentence} className={classes.sentence}>
              {sentence}
            </p>
          ))}
    </div>
  );
}

interface DryRunEffectProps<A extends { rows: readonly unknown[] }> {
  dryRun: DryRun<A>;
  sentencesOf: (answer: A) => readonly string[];
}

/** The same of a dry run that goes on; what was changed since is tried anew. */
export function DryRunEffect<A extends { rows: readonly unknown[] }>({ dryRun, sentencesOf }: DryRunEffectProps<A>) {
  const { answer, error, isPending, isStale } = dryRun;
  return (
    <EffectInShort error={error} sentences={answer === null || isPending || isStale ? null : sentencesOf(answer)} />
  );
}
