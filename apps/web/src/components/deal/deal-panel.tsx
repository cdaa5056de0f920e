import { ActionIcon, Button, Group, Skeleton, Stack, Tooltip } from '@mantine/core';
import type { Deal, DealDetail } from '@steward/shared/deals';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ago, formatDay, formatInstant } from '../../lib/days.js';
import { formatMoney } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { AskDialog } from '../ui/ask-dialog.js';
import { ChangedMeanwhile } from '../ui/changed-meanwhile.js';
import drawer from '../ui/drawer.module.css';
import { LoadFailed } from '../ui/load-failed.js';
import { useDraft } from '../ui/use-draft.js';
import { useDealSteps, useRemoveDeal } from './change-deals.js';
import classes from './deal.module.css';
import { DealAmount } from './deal-amount.js';
import { changeOf, type DealDraft, draftOf } from './deal-draft.js';
import { DealFields } from './deal-fields.js';
import { DEAL_KIND_WORDS, DEAL_STATE_WORDS, fieldLine, probabilityWords, UNDO_WORDS } from './deal-words.js';
import { dealEventText } from './event-words.js';
import { dealQuery, dealStagesQuery } from './get-deals.js';
import { LoseDialog } from './lose-dialog.js';
import { WinDialog } from './win-dialog.js';

interface DealPanelProps {
  accountId: string;
  id: string;
  onClose: () => void;
  /** Beside a list of many accounts; on the account's own page its name is there already. */
  withAccount?: boolean;
}

/** One deal: what it is worth, what a person may write about it, how it ends, and what became of it so far. */
export function DealPanel({ accountId, id, onClose, withAccount = false }: DealPanelProps) {
  const { data, error, refetch } = useQuery(dealQuery(accountId, id));
  return (
    <>
      <div className={drawer.head}>
        <div className={drawer.title}>
          {data ? (
            <>
              <h2 className={classes.name}>{data.name}</h2>
              <div className={classes.dim}>
                {withAccount ? (
                  <>
                    <Link to="/accounts/$accountId" params={{ accountId }} className={classes.account}>
                      {data.account.name}
                    </Link>
                    {' · '}
                  </>
                ) : null}
                {DEAL_KIND_WORDS[data.kind]} · {DEAL_STATE_WORDS[data.state]}
              </div>
            </>
          ) : (
            <Skeleton h={20} w="70%" />
          )}
        </div>
        <Tooltip label="Close (Esc)">
          <ActionIcon size={30} onClick={onClose} aria-label="Close the deal">
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={drawer.body}>
        {error ? <LoadFailed title="This deal could not be shown" error={error} onRetry={refetch} /> : null}
        {data || error ? null : <Skeleton h={260} />}
        {data ? <DealBody deal={data} onClose={onClose} /> : null}
      </div>
    </>
  );
}

function DealBody({ deal, onClose }: { deal: DealDetail; onClose: () => void }) {
  const { workspace, permissions } = useMe();
  const mayWrite = permissions.includes('deals:write');
  const form = useDraft<Deal, DealDraft>(deal, (of) => draftOf(of, workspace.currency));
  const { draft, restsOn } = form;
  const written = Object.keys(form.written) as (keyof DealDraft)[];
  const [open, setOpen] = useState<'win' | 'lose' | 'delete' | null>(null);
  const { step, undo } = useDealSteps();
  const remove = useRemoveDeal(onClose);
  const change = changeOf(draftOf(deal, workspace.currency), draft);
  const probability = probabilityWords(deal);
  const close = () => setOpen(null);
  const ready = draft.name.trim() !== '' && restsOn.theirs === null;
  const save = () => {
    if (change === null || !ready || step.isPending) return;
    step.mutate({ deal: restsOn.on, deed: 'edit', change }, { onSuccess: form.saved });
  };
  return (
    <>
      <dl className={classes.figures}>
        <div>
          <dt>Amount</dt>
          <dd>
            <DealAmount deal={deal} />
          </dd>
        </div>
        <div>
          <dt>Probability</dt>
          <dd className="tabular" title={probability.from}>
            {probability.text}
          </dd>
        </div>
        <div>
          <dt>Weighted</dt>
          <dd className="tabular">{formatMoney(deal.weightedMinor, workspace.currency)}</dd>
        </div>
      </dl>
      {deal.state === 'open' ? null : <Ended deal={deal} />}
      {mayWrite ? (
        <Group gap={6}>
          {deal.state === 'open' ? (
            <>
              <Button onClick={() => setOpen('win')}>Won…</Button>
              <Button variant="default" onClick={() => setOpen('lose')}>
                Lost…
              </Button>
            </>
          ) : (
            <Button variant="default" onClick={() => step.mutate({ deal, deed: 'reopen' })} loading={step.isPending}>
              Reopen
            </Button>
          )}
          {deal.mayUndo ? (
            <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(deal)}>
              Undo {UNDO_WORDS[deal.mayUndo]}
            </Button>
          ) : null}
          {deal.keptByHand ? (
            <Button variant="subtle" color="gray" onClick={() => setOpen('delete')}>
              Delete…
            </Button>
          ) : null}
        </Group>
      ) : null}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <DealFields
          accountId={deal.accountId}
          draft={draft}
          onChange={form.write}
          ended={deal.state !== 'open'}
          disabled={!mayWrite}
          stageText={deal.stage?.key === null ? deal.stage.label : null}
          goal={deal.goal}
        />
        {change === null ? null : (
          <Stack mt="sm" gap="sm">
            <ChangedMeanwhile
              restsOn={restsOn}
              isSaving={step.isPending}
              linesOf={(theirs) => written.map((field) => fieldLine(theirs, field, workspace.currency))}
              onLeave={form.drop}
            />
            <Group gap={6}>
              <Button type="submit" loading={step.isPending} disabled={!ready}>
                Save
              </Button>
              <Button variant="default" onClick={form.drop}>
                Reset
              </Button>
            </Group>
          </Stack>
        )}
      </form>
      {deal.keptByHand ? null : (
        <div className={classes.dim}>
          From an import or the API: what it says next time holds, so changes belong there as well.
        </div>
      )}
      <Events deal={deal} />
      {open === 'win' ? <WinDialog deal={deal} onClose={close} /> : null}
      {open === 'lose' ? <LoseDialog deal={deal} onClose={close} /> : null}
      {open === 'delete' ? (
        <AskDialog
          title={`Delete “${deal.name}”?`}
          yes="Delete"
          isPending={remove.isPending}
          onYes={() => remove.mutate(deal)}
          onClose={close}
        >
          It goes from the board and from every total. You can take it back right after.
        </AskDialog>
      ) : null}
    </>
  );
}

/** How it ended, and whether the subscriptions followed. */
function Ended({ deal }: { deal: DealDetail }) {
  return (
    <div className={classes.state}>
      <p>
        <strong>{DEAL_STATE_WORDS[deal.state]}</strong>
        {deal.endedOn ? ` on ${formatDay(deal.endedOn)}` : ''}
        {deal.reason ? `: ${deal.reason}` : ''}
      </p>
      {deal.state === 'won' ? (
        <p className={classes.dim}>
          {deal.billedOn
            ? `Billed: the subscriptions changed on ${formatDay(deal.billedOn)}.`
            : 'Not yet billed: the subscriptions have not changed within 60 days of it.'}
        </p>
      ) : null}
    </div>
  );
}

function Events({ deal }: { deal: DealDetail }) {
  const { timeZone } = useMe().workspace;
  const stages = useQuery(dealStagesQuery).data?.stages ?? [];
  if (deal.events.length === 0) return null;
  return (
    <section aria-label="History">
      <h3 className={drawer.section}>History</h3>
      <ul className={classes.events}>
        {deal.events.map((event) => (
          <li key={event.id}>
            <span>{dealEventText(event, stages)}</span>
            <span className={classes.dim} title={formatInstant(event.at, timeZone)}>
              {event.by ?? 'By itself'}, {ago(event.at, Date.now())}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
