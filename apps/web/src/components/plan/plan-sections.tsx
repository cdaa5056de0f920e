import { ActionIcon, Button } from '@mantine/core';
import type { AccountPlan } from '@steward/shared/account-plan';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { formatDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import { planQuery, useFollow } from './get-plan.js';
import { LinksDialog } from './links-dialog.js';
import { ObjectivesDialog } from './objectives-dialog.js';
import classes from './plan.module.css';

const OBJECTIVE_WORDS = { open: '', reached: 'reached', dropped: 'dropped' } as const;

/** What the customer wants to reach, where things stand elsewhere, and who follows the account. */
export function PlanSections({ accountId, editable }: { accountId: string; editable: boolean }) {
  const { data: plan } = useQuery(planQuery(accountId));
  const [open, setOpen] = useState<'objectives' | 'links' | null>(null);
  if (plan === undefined) return null;
  const isEmpty = (list: readonly unknown[]) => list.length === 0;
  return (
    <>
      {isEmpty(plan.objectives) && !editable ? null : (
        <SidePart
          title="Customer objectives"
          isNew={isEmpty(plan.objectives)}
          onEdit={editable ? () => setOpen('objectives') : null}
        >
          {isEmpty(plan.objectives) ? (
            <p className={classes.quiet}>What they want to reach is not written down yet.</p>
          ) : (
            <ul className={classes.list}>
              {plan.objectives.map(({ text, state, targetDay }) => (
                <li key={text}>
                  <span className={classes.objective} data-state={state}>
                    {text}
                  </span>
                  <span className={classes.dim}>
                    {[OBJECTIVE_WORDS[state], state === 'open' && targetDay ? formatDay(targetDay) : '']
                      .filter(Boolean)
                      .join(' ')}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </SidePart>
      )}
      {isEmpty(plan.links) && !editable ? null : (
        <SidePart title="Links" isNew={isEmpty(plan.links)} onEdit={editable ? () => setOpen('links') : null}>
          {isEmpty(plan.links) ? (
            <p className={classes.quiet}>None yet.</p>
          ) : (
            <ul className={classes.list}>
              {plan.links.map(({ name, url }) => (
                <li key={`${name} ${url}`}>
                  <a href={url} target="_blank" rel="noreferrer noopener" title={url}>
                    {name}
                  </a>
                </li>
              ))}
            </ul>
          )}
        </SidePart>
      )}
      <FollowersPart accountId={accountId} plan={plan} />
      {open === 'objectives' ? (
        <ObjectivesDialog accountId={accountId} plan={plan} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'links' ? <LinksDialog accountId={accountId} plan={plan} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

interface SidePartProps {
  title: string;
  isNew: boolean;
  onEdit: (() => void) | null;
  children: ReactNode;
}

function SidePart({ title, isNew, onEdit, children }: SidePartProps) {
  const Icon = isNew ? IconPlus : IconPencil;
  return (
    <section aria-label={title}>
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>{title}</h2>
        {onEdit ? (
          <ActionIcon size={26} aria-label={`${isNew ? 'Add' : 'Edit'}: ${title}`} onClick={onEdit}>
            <Icon size={14} aria-hidden />
          </ActionIcon>
        ) : null}
      </div>
      {children}
    </section>
  );
}

function FollowersPart({ accountId, plan }: { accountId: string; plan: AccountPlan }) {
  const { user } = useMe();
  const follow = useFollow(accountId);
  const others = plan.followers.filter(({ userId }) => userId !== user.id);
  const names = [...(plan.following ? ['You'] : []), ...others.map(({ name }) => name)];
  return (
    <section aria-label="Followers">
      <div className={classes.sectionHead}>
        <h2 className={classes.sectionTitle}>Followers</h2>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          loading={follow.isPending}
          aria-pressed={plan.following}
          onClick={() => follow.mutate(!plan.following)}
        >
          {plan.following ? 'Unfollow' : 'Follow'}
        </Button>
      </div>
      <p className={classes.quiet}>{names.length === 0 ? 'Nobody follows this account.' : names.join(', ')}</p>
    </section>
  );
}
