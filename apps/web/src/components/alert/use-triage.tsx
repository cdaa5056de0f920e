import type { Alert } from '@steward/shared/alerts';
import { type ReactNode, useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { plural } from '../../lib/format.js';
import { type AlertDeed, useActOnAlerts } from './act-on-alerts.js';
import { OUTCOME_WORDS } from './alert-words.js';
import { AssignDialog } from './assign-dialog.js';
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

/** What people do with alerts, from wherever they stand; `onDone` runs after each deed that did something. */
export function useTriage(onDone: () => void = () => {}): Triage {
  const act = useActOnAlerts();
  const [asked, setAsked] = useState<{ what: Asked; target: TriageTarget } | null>(null);
  const close = () => setAsked(null);
  const run = (deed: AlertDeed, target: TriageTarget, done: string) =>
    act.mutate(
      { deed, alerts: target.alerts, said: `${target.what}: ${done}` },
      {
        onSuccess: (answer) => {
          // All refused: what was written stays, beside the reason that the toast gives.
          if (answer.done === 0) return;
          close();
          onDone();
        },
      },
    );
  const props = asked === null ? null : { what: asked.target.what, isPending: act.isPending, onClose: close };
  return {
    isPending: act.isPending,
    isAsking: asked !== null,
    acknowledge: (target) => {
      const open = target.alerts.filter(({ state }) => state === 'open');
      if (open.length > 0) run({ action: 'acknowledge' }, { ...target, alerts: open }, 'acknowledged');
    },
    unsnooze: (target) => run({ action: 'unsnooze' }, target, 'back in the inbox'),
    markRead: (alert) => act.mutate({ deed: { action: 'markRead' }, alerts: [alert], said: null }),
    ask: (what, target) => setAsked({ what, target }),
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
