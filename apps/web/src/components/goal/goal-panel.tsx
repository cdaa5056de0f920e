import { ActionIcon, Alert, Button, Skeleton, Tooltip } from '@mantine/core';
import { KIND_WORDS } from '@steward/shared/goal-words';
import type { GoalDetail } from '@steward/shared/goals';
import { IconAlertTriangle, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatDay, formatInstant, relativeDay } from '../../lib/days.js';
import { formatNumber, NONE } from '../../lib/format.js';
import { useCurrency, useMe } from '../../lib/me.js';
import { formatSignal } from '../../lib/signal-value.js';
import eventClasses from '../alert/alert-facts.module.css';
import { useAssignees } from '../task/use-assignees.js';
import drawer from '../ui/drawer.module.css';
import { LoadFailed } from '../ui/load-failed.js';
import { goalQuery } from './get-goals.js';
import { GoalButtons } from './goal-buttons.js';
import { goalEventText } from './goal-event-text.js';
import { GoalFacts } from './goal-facts.js';
import classes from './goal-panel.module.css';
import { GoalProgress } from './goal-progress.js';
import { GoalStatusLabel } from './goal-status.js';
import { GoalTasks } from './goal-tasks.js';
import { capital, riskWords, waitsWords } from './goal-words.js';

const GoalChart = lazy(() => import('./goal-chart.js').then((module) => ({ default: module.GoalChart })));

interface GoalPanelProps {
  accountId: string;
  id: string;
  onClose: () => void;
  /** False on the account's own page. */
  withAccount?: boolean;
  /** True where it fills an overlay, which has an edge and a width of its own. */
  inDrawer?: boolean;
}

/** One goal beside a list: what it is to reach, how far it is, its tasks, and what became of it so far. */
export function GoalPanel({ accountId, id, onClose, withAccount = true, inDrawer = false }: GoalPanelProps) {
  const { data, error, refetch } = useQuery(goalQuery(accountId, id));
  return (
    <aside className={inDrawer ? classes.inside : classes.drawer} aria-label={data ? `Goal: ${data.name}` : 'Goal'}>
      <div className={drawer.head}>
        <div className={drawer.title}>
          {data ? (
            <>
              <h2 className={drawer.name}>{data.name}</h2>
              <div className={classes.dim}>
                {withAccount ? `${data.account.name} · ` : ''}
                {KIND_WORDS[data.kind]}
              </div>
            </>
          ) : (
            <Skeleton h={20} w="70%" />
          )}
        </div>
        {withAccount ? (
          <Button variant="default" component={Link} to={`/accounts/${accountId}`}>
            Open account
          </Button>
        ) : null}
        <Tooltip label="Close (Esc)">
          <ActionIcon size={30} onClick={onClose} aria-label="Close the goal">
            <IconX size={15} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
      <div className={drawer.body}>
        {error ? (
          <LoadFailed
            title="This goal could not be shown"
            error={error}
            gone={{ title: 'There is no such goal', text: 'It is gone, or its account is not in your book.' }}
            onRetry={refetch}
          />
        ) : null}
        {data || error ? null : <Skeleton h={320} />}
        {data ? <Goal goal={data} /> : null}
      </div>
    </aside>
  );
}

function Goal({ goal }: { goal: GoalDetail }) {
  const { permissions } = useMe();
  const { timeZone } = useMe().workspace;
  const people = useAssignees(goal.accountId);
  const mayAct = permissions.includes('goals:write');
  const risk = riskWords(goal);
  const nameOf = (userId: string) => people.find(({ value }) => value === userId)?.label ?? null;
  return (
    <>
      <div className={classes.status}>
        <GoalStatusLabel status={goal.status} />
        {risk === null ? null : <span className={classes.why}>{risk}</span>}
        {waitsWords(goal) === null ? null : <span className={classes.why}>{waitsWords(goal)}</span>}
        {goal.metSinceDay !== null && goal.endedDay === null ? (
          <span className={classes.why}>
            met since {formatDay(goal.metSinceDay)}: achieved when it still holds on the next closed day
          </span>
        ) : null}
      </div>
      {mayAct ? <GoalButtons goal={goal} mayUndo={goal.mayUndo} /> : null}
      {goal.targetGone ? (
        <Alert variant="default" p="xs" icon={<IconAlertTriangle size={15} aria-hidden />}>
          What its target reads was deleted, so it is not measured any more. It ends by its tasks, its due day, or by
          hand.
        </Alert>
      ) : null}
      <Reached goal={goal} />
      <section aria-label="Tasks">
        <h3 className={drawer.section}>
          Tasks
          {goal.tasks.required === 0
            ? ''
            : ` · ${formatNumber(goal.tasks.requiredDone)} of ${formatNumber(goal.tasks.required)} required done`}
        </h3>
        <GoalTasks tasks={goal.taskList} mayAct={mayAct} />
      </section>
      <GoalFacts goal={goal} />
      {goal.purpose === '' ? null : (
        <section aria-label="Purpose">
          <h3 className={drawer.section}>What it is for</h3>
          <p className={classes.purpose}>{goal.purpose}</p>
        </section>
      )}
      <section aria-label="History">
        <h3 className={drawer.section}>History</h3>
        <ul className={eventClasses.events}>
          {goal.events.map((event) => (
            <li key={event.id}>
              <span className={eventClasses.day} title={formatInstant(event.at, timeZone)}>
                {formatDay(event.day)}
              </span>
              <span>
                {goalEventText(event, nameOf)}
                {event.by ? <span className={eventClasses.dim}> by {event.by}</span> : null}
              </span>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** The target in words, baseline → now → target, the bar, and the chart where something is measured. */
function Reached({ goal }: { goal: GoalDetail }) {
  const currency = useCurrency();
  const { today } = useMe().workspace;
  const catalogue = useCatalogue();
  const { target } = goal;
  const text = (value: number | null) => (value === null ? NONE : formatSignal(value, goal.unit, currency));
  const label = target.kind === 'signal' ? (fieldOf(catalogue, target.field)?.label ?? target.field) : '';
  return (
    <section aria-label="Target">
      <h3 className={drawer.section}>Target</h3>
      <p className={classes.target}>{capital(goal.targetWords)}</p>
      {target.kind === 'signal' ? (
        <dl className={`${classes.steps} tabular`}>
          <div>
            <dt>Baseline</dt>
            <dd title={goal.baseline === null ? 'Not known yet: the first value becomes the baseline' : undefined}>
              {text(goal.baseline)}
            </dd>
          </div>
          <div>
            <dt>{goal.endedDay === null ? 'Now' : 'At the end'}</dt>
            <dd title={goal.value === null ? 'Not known' : undefined}>{text(goal.value)}</dd>
          </div>
          <div>
            <dt>Target</dt>
            <dd>
              {target.op === 'gte' ? '≥ ' : '≤ '}
              {text(target.value)}
            </dd>
          </div>
        </dl>
      ) : null}
      <GoalProgress goal={goal} />
      <div className={classes.dim}>
        {formatDay(goal.startDay)} to {formatDay(goal.dueDay)}
        {goal.endedDay === null ? `, due ${relativeDay(goal.dueDay, today)}` : ''}
      </div>
      {target.kind === 'signal' && goal.series.length > 0 ? (
        <Suspense fallback={<Skeleton h={210} mt="sm" />}>
          <div style={{ marginTop: 10 }}>
            <GoalChart goal={goal} label={label} />
          </div>
        </Suspense>
      ) : null}
    </section>
  );
}
