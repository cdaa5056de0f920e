import { Button, Skeleton } from '@mantine/core';
import type { ProfileBody } from '@steward/shared/health';
import type { StudioRun, StudioRunKind } from '@steward/shared/health-studio';
import type { ProfileEntry } from '@steward/shared/model-versions';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Section } from '../../../components/ui/section.js';
import { errorText } from '../../../lib/api.js';
import { formatInstant } from '../../../lib/days.js';
import { useMe } from '../../../lib/me.js';
import type { Tried } from '../effect/get-effect.js';
import parts from '../parts.module.css';
import { historyQuery, runQuery, runsOf, runsQuery, useOrderRun } from './get-runs.js';
import { RunForm } from './run-form.js';
import { RunHistory, RunState } from './run-view.js';
import { configWords } from './run-words.js';
import classes from './runs.module.css';

const route = getRouteApi('/shell/health/$profileId');

export interface RunTabProps {
  profile: ProfileEntry;
  tried: Tried;
  /** The profile as it would be tried; null while something is missing. */
  body: ProfileBody | null;
  /** In words: “the draft as it stands”. */
  what: string;
}

interface RunTabFrameProps extends RunTabProps {
  kind: StudioRunKind;
  /** What it is for, in a sentence or two. */
  intro: string;
  children: (run: StudioRun) => ReactNode;
}

/** Asks history something, shows how far it is, then what it said; and what was asked before. */
export function RunTab({ kind, intro, profile, tried, body, what, children }: RunTabFrameProps) {
  const { run: asked } = route.useSearch();
  const navigate = useNavigate();
  const history = useQuery(historyQuery);
  const runs = runsOf(useQuery(runsQuery).data ?? [], kind, profile);
  const id = asked ?? runs[0]?.id ?? null;
  const order = useOrderRun();
  const open = (run: string) => void navigate({ to: '.', search: (now) => ({ ...now, run }), replace: true });
  return (
    <div className={classes.runTab}>
      <p className={parts.lead}>{intro}</p>
      {history.error ? (
        <p className={parts.note} role="alert">
          {errorText(history.error)}{' '}
          <Button variant="default" size="compact-xs" onClick={() => void history.refetch()}>
            Try again
          </Button>
        </p>
      ) : null}
      {history.data ? (
        <RunForm
          kind={kind}
          history={history.data}
          what={what}
          isWhole={body !== null}
          isPending={order.isPending}
          error={order.error}
          onRun={(config) => {
            if (body === null) return;
            order.mutate({ kind, profile: { ...tried, body }, config }, { onSuccess: (run) => open(run.id) });
          }}
        />
      ) : history.error ? null : (
        <Skeleton h={70} />
      )}
      {id === null ? null : <Run id={id}>{children}</Run>}
      {runs.length > 1 || (runs.length === 1 && runs[0]?.id !== id) ? (
        <Section title="Earlier runs" note="The last ones of the workspace that you may see">
          <RunHistory runs={runs} current={id} onOpen={open} />
        </Section>
      ) : null}
    </div>
  );
}

function Run({ id, children }: { id: string; children: (run: StudioRun) => ReactNode }) {
  const { timeZone } = useMe().workspace;
  const { data: run, error } = useQuery(runQuery(id));
  if (error) {
    return (
      <p className={parts.note} role="alert">
        This run could not be shown: {errorText(error)}
      </p>
    );
  }
  if (!run) return <Skeleton h={300} mt="lg" />;
  return (
    <section className={classes.result} aria-label="Result">
      <p className={parts.dim}>
        {configWords(run.config)} · asked {formatInstant(run.createdAt, timeZone)}
        {run.orderedBy ? ` by ${run.orderedBy}` : ''}
      </p>
      <RunState run={run} />
      {run.state === 'done' ? children(run) : null}
    </section>
  );
}
