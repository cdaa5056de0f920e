import { Alert as Notice } from '@mantine/core';
import type { Alert, AlertActionAnswer } from '@steward/shared/alerts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { type AlertDeed, refusedText, useActOnAlerts } from './act-on-alerts.js';
import { isLive, OUTCOME_WORDS, stateText } from './alert-words.js';
import { AssignDialog } from './assign-dialog.js';
import { alertQuery } from './get-alerts.js';
import { ResolveDialog } from './resolve-dialog.js';
import { SnoozeDialog } from './snooze-dialog.js';

export type Asked = 'snooze' | 'resolve' | 'assign';

/** Alerts to act on, and how they are called: the account's name, or how many. */
export interface TriageTarget {
  alerts: readonly Alert[];
  what: string;
}

export interface Triage {
  isPending: boolean;
  /** A dialog stands open. */
  isAsking: boolean;
  acknowledge: (target: TriageTarget) => void;
  unsnooze: (target: TriageTarget) => void;
  markRead: (alert: Alert) => void;
  /** Opens the dialog that asks what else has to be known. */
  ask: (what: Asked, target: TriageTarget) => void;
  dialogs: ReactNode;
}

export const targetOf = (name: string, alert: Alert): TriageTarget => ({ alerts: [alert], what: name });

export const manyTargets = (alerts: readonly Alert[]): TriageTarget => ({
  alerts,
  what: plural(alerts.length, 'alert'),
});

interface Asking {
  what: Asked;
  target: TriageTarget;
  /** Why nothing was done, when it was tried last. */
  refusal: string | null;
}

const readAgain = (queryClient: QueryClient, alert: Alert): Promise<Alert> =>
  queryClient.fetchQuery({ ...alertQuery(alert.accountId, alert.id), staleTime: 0 }).catch(() => alert);

/** Why nothing was done; of a single alert also what has become of it. */
function refusalText(now: readonly Alert[], answer: AlertActionAnswer): string {
  const isMoved = answer.results.some((result) => !result.ok && result.code === 'REVISION_MOVED');
  const [alert] = now;
  if (!isMoved || alert === undefined) return refusedText(answer) ?? '';
  if (!now.some(isLive)) {
    return now.length === 1
      ? `It has ended in the meantime: ${stateText(alert)}. What you wrote is still here.`
      : 'They have all ended in the meantime. What you wrote is still here.';
  }
  const how =
    now.length === 1
      ? `It was changed in the meantime. Now: ${stateText(alert)}.`
      : 'They were changed in the meantime.';
  return `${how} What you wrote is still here: go on with it, or cancel.`;
}

/** What people do with alerts, from wherever they stand; `onDone` runs after each deed that did something. */
export function useTriage(onDone: () => void = () => {}): Triage {
  const act = useActOnAlerts();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<Asking | null>(null);
  const close = () => setAsked(null);
  const run = (deed: AlertDeed, target: TriageTarget, done: string) =>
    act.mutate(
      { deed, alerts: target.alerts, said: `${target.what}: ${done}`, isTold: asked !== null },
      {
        onSuccess: async (answer) => {
          // All refused: what was written stays, beside the reason, and rests on what stands now.
          if (answer.done === 0) {
            const alerts = await Promise.all(target.alerts.map((alert) => readAgain(queryClient, alert)));
            const refusal = refusalText(alerts, answer);
            setAsked((now) => now && { ...now, target: { ...now.target, alerts }, refusal });
            return;
          }
          close();
          onDone();
        },
      },
    );
  const refusal = asked?.refusal ? (
    <Notice color="red" variant="light" role="alert" p="xs" title="It was not done">
      {asked.refusal}
    </Notice>
  ) : null;
  const props = asked === null ? null : { what: asked.target.what, isPending: act.isPending, refusal, onClose: close };
  return {
    isPending: act.isPending,
    isAsking: asked !== null,
    acknowledge: (target) => {
      const open = target.alerts.filter(({ state }) => state === 'open');
      if (open.length > 0) run({ action: 'acknowledge' }, { ...target, alerts: open }, 'acknowledged');
    },
    unsnooze: (target) => run({ action: 'unsnooze' }, target, 'back in the inbox'),
    markRead: (alert) => act.mutate({ deed: { action: 'markRead' }, alerts: [alert], said: null }),
    ask: (what, target) => setAsked({ what, target, refusal: null }),
    dialogs: (
      <>
        {asked?.what === 'snooze' && props ? (
          <SnoozeDialog
            {...props}
            onSnooze={(until, reason) =>
              run({ action: 'snooze', until, reason }, asked.target, `snoozed until ${formatDay(until)}`)
            }
          />
        ) : null}
        {asked?.what === 'resolve' && props ? (
          <ResolveDialog
            {...props}
            onResolve={(outcome, note) =>
              run(
                { action: 'resolve', outcome, note },
                asked.target,
                `resolved, ${OUTCOME_WORDS[outcome].toLowerCase()}`,
              )
            }
          />
        ) : null}
        {asked?.what === 'assign' && props ? (
          <AssignDialog
            {...props}
            onAssign={(assigneeUserId, name) =>
              run({ action: 'assign', assigneeUserId }, asked.target, `assigned to ${name}`)
            }
          />
        ) : null}
      </>
    ),
  };
}
