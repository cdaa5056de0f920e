import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { AskDialog } from '../../../components/ui/ask-dialog.js';
import { formatDay } from '../../../lib/days.js';
import { formatNumber, plural } from '../../../lib/format.js';
import { useMe } from '../../../lib/me.js';
import { type Decision, useDecideHold } from './change-rules.js';
import type { ListedRule } from './get-rules.js';
import classes from './rules.module.css';

interface Asked {
  rule: ListedRule;
  decision: Decision;
}

/** Rules that raise nothing for now: too many accounts at once, which an admin decides, or a silent source. */
export function HeldRules({ rules }: { rules: readonly ListedRule[] }) {
  const { permissions } = useMe();
  const mayDecide = permissions.includes('workspace:write');
  const mayLook = permissions.includes('imports:write');
  const [asked, setAsked] = useState<Asked | null>(null);
  const decide = useDecideHold();
  const storms = rules.filter(({ hold }) => hold?.reason === 'storm');
  const silent = rules.filter(({ hold }) => hold?.reason === 'silentSource');
  return (
    <>
      {storms.length === 0 ? null : (
        <Alert
          color="orange"
          variant="default"
          my="sm"
          p="sm"
          icon={<IconAlertTriangle size={16} aria-hidden />}
          title="Held: too many accounts at once"
        >
          {storms.map((rule) => (
            <div key={rule.id} className={classes.held}>
              <span>{stormWords(rule)}</span>
              {mayDecide ? (
                <>
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={`Raise the alerts of ${rule.name}`}
                    onClick={() => setAsked({ rule, decision: 'release' })}
                  >
                    Raise them
                  </Button>
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={`Drop the alerts of ${rule.name}`}
                    onClick={() => setAsked({ rule, decision: 'drop' })}
                  >
                    Drop them
                  </Button>
                </>
              ) : (
                <span>An admin decides.</span>
              )}
            </div>
          ))}
        </Alert>
      )}
      {silent.length === 0 ? null : (
        <Alert
          color="gray"
          variant="default"
          my="sm"
          p="sm"
          icon={<IconPlugConnectedX size={16} aria-hidden />}
          title="Held: a source is silent"
        >
          {silent.map((rule) => (
            <div key={rule.id} className={classes.held}>
              <span>
                “{rule.name}” neither raises nor clears alerts since {formatDay(rule.hold?.day ?? null)}
                {rule.hold?.source ? `, while ${rule.hold.source} is silent` : ''}.
              </span>
              {mayLook ? <Link to="/data/sources">See the sources</Link> : null}
            </div>
          ))}
        </Alert>
      )}
      {asked === null ? null : (
        <AskDialog
          title={
            asked.decision === 'release'
              ? `Raise the alerts of “${asked.rule.name}”?`
              : `Drop the alerts of “${asked.rule.name}”?`
          }
          yes={asked.decision === 'release' ? 'Raise them' : 'Drop them'}
          no="Not yet"
          isPending={decide.isPending}
          onYes={() =>
            decide.mutate({ ruleId: asked.rule.id, decision: asked.decision }, { onSettled: () => setAsked(null) })
          }
          onClose={() => setAsked(null)}
        >
          {asked.decision === 'release'
            ? 'They come into the inbox, and the people who look after the accounts are told. That cannot be taken back.'
            : 'They are not shown to anybody. The rule goes on with what comes next. That cannot be taken back.'}
        </AskDialog>
      )}
    </>
  );
}

function stormWords({ name, hold }: ListedRule): string {
  const day = formatDay(hold?.day ?? null);
  if (hold?.wouldFire == null || hold.inScope === null) {
    return `“${name}” would fire on an unusual number of accounts on ${day}; its alerts wait.`;
  }
  return `“${name}” would fire on ${formatNumber(hold.wouldFire)} of ${plural(hold.inScope, 'account')} on ${day}; its alerts wait.`;
}
