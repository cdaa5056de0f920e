import type { Brief, BriefChange } from '@steward/shared/brief';
import type { ReactNode } from 'react';
import { Sparkline } from '../../components/charts/sparkline.js';
import { lastTouchText, TOUCH_WORDS } from '../../components/touch/touch-words.js';
import { BandLabel } from '../../components/ui/band.js';
import { humanize } from '../../lib/catalogue.js';
import { formatDay } from '../../lib/days.js';
import { formatDelta, formatMoney, formatNumber, formatPercent, formatScore, NONE, plural } from '../../lib/format.js';
import { withoutRateText } from '../../lib/without-rate.js';
import classes from './brief.module.css';

/** As many lines of each as one sheet of paper holds. */
const LINES = { touches: 4, tasks: 5, goals: 3, alerts: 3, deals: 3, contacts: 5, tickets: 3, changes: 5 } as const;

/** What one has to know of an account before a call, on one sheet. */
export function BriefSheet({ brief }: { brief: Brief }) {
  const { account, health, plan, currency } = brief;
  const money = (amount: number | null) => formatMoney(amount, currency);
  const facts: [string, ReactNode][] = [
    ['ARR', account.arrMinor === null ? (withoutRateText(account.arrWithoutRate) ?? NONE) : money(account.arrMinor)],
    ['Stage', account.stage?.label ?? NONE],
    ['Tier', account.tier ?? NONE],
    [
      'Renewal',
      account.renewalDate
        ? `${formatDay(account.renewalDate)}${account.daysToRenewal === null ? '' : `, ${inDays(account.daysToRenewal)}`}`
        : NONE,
    ],
    [
      'Seats used',
      account.seatUtilization === null
        ? formatNumber(account.seats)
        : `${formatPercent(account.seatUtilization)} of ${formatNumber(account.seats)}`,
    ],
    ['NPS', formatNumber(account.nps)],
    ['Last touch', lastTouchText(account)],
    ['Customer since', formatDay(account.customerSince)],
    ['CSM', account.csm?.name ?? NONE],
    ['Account manager', account.am?.name ?? NONE],
  ];
  return (
    <article className={classes.sheet} aria-label={`Brief of ${account.name}`}>
      <header className={classes.head}>
        <div>
          <h2 className={classes.name}>{account.name}</h2>
          <p className={classes.dim}>
            {brief.workspace} · as of {formatDay(brief.asOf)} · {account.externalId} · {humanize(account.status)}
            {account.leavesOn ? (
              <strong className={classes.bad}> · leaves on {formatDay(account.leavesOn)}</strong>
            ) : null}
          </p>
        </div>
        <div className={classes.score}>
          <span className={classes.figure}>{formatScore(health.score)}</span>
          <span>
            {health.band ? <BandLabel band={health.band} /> : 'Not scored'}
            <br />
            <span className={classes.dim}>
              {health.change === null ? '' : `${formatDelta(health.change)} in 30 days`}
            </span>
          </span>
        </div>
      </header>
      <dl className={classes.facts}>
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={classes.columns}>
        <div>
          <Part title="Next step">
            {plan.nextStep ? (
              <p className={plan.nextStep.past ? classes.bad : undefined}>
                {plan.nextStep.text}
                {plan.nextStep.day ? `, ${plan.nextStep.past ? 'was due' : 'by'} ${formatDay(plan.nextStep.day)}` : ''}
                {plan.nextStep.owner ? `, ${plan.nextStep.owner.name}` : ''}
              </p>
            ) : (
              <p className={classes.dim}>None is set.</p>
            )}
          </Part>
          {plan.note ? (
            <Part title="Pinned note">
              <p className={classes.note}>{plan.note}</p>
            </Part>
          ) : null}
          <List title="What they want to reach" rows={plan.objectives} most={5}>
            {({ text, state, targetDay }) =>
              `${text}${state === 'open' ? (targetDay ? `, by ${formatDay(targetDay)}` : '') : ` (${state})`}`
            }
          </List>
          <List title="Why the score" rows={health.why} most={3}>
            {(line) => line}
          </List>
          {health.pulse ? (
            <Part title="Pulse">
              <p>
                {health.pulse.value} of 6 on {formatDay(health.pulse.day)}
                {health.pulse.author ? `, ${health.pulse.author.name}` : ''}
                {health.pulse.note ? `: ${health.pulse.note}` : ''}
              </p>
            </Part>
          ) : null}
          {brief.changed
            .filter(({ values }) => values.length > 0)
            .map(({ days, values }) => (
              <List key={days} title={`Changed in ${days} days`} rows={values} most={LINES.changes}>
                {(value) => `${value.label}: ${changeText(value, money)}`}
              </List>
            ))}
          <List title="Last touches" rows={brief.touches} most={LINES.touches}>
            {({ kind, day, author, text, with: contacts }) => (
              <>
                <span className={classes.dim}>
                  {formatDay(day)} · {TOUCH_WORDS[kind]}
                  {author ? ` · ${author}` : ''}
                  {contacts.length > 0 ? ` with ${contacts.join(', ')}` : ''}
                </span>
                <span className={classes.twoLines}>{text}</span>
              </>
            )}
          </List>
        </div>
        <div>
          <Part title="Active contacts, by week">
            <p className={classes.usage}>
              <Sparkline values={brief.usage.activeContacts} width={150} height={28} />
              <span>
                {formatNumber(brief.usage.activeContacts.at(-1) ?? null)}
                {brief.usage.activeContactsChange === null
                  ? ''
                  : `, ${formatDelta(brief.usage.activeContactsChange)} %`}
              </span>
            </p>
          </Part>
          <List title="Alerts" rows={brief.alerts} most={LINES.alerts}>
            {({ reason, severity }) => `${reason} (${severity})`}
          </List>
          <List title="Goals" rows={brief.goals} most={LINES.goals}>
            {(goal) =>
              `${goal.name}: ${goal.progress === null ? 'no figure yet' : formatPercent(Math.round(Math.min(1, Math.max(0, goal.progress)) * 100))}, ${goal.tasksDone} of ${plural(goal.tasks, 'task')}, due ${formatDay(goal.dueDay)}`
            }
          </List>
          <List title="Open tasks" rows={brief.tasks} most={LINES.tasks}>
            {({ title, dueDay, assignee, overdue }) => (
              <span className={overdue ? classes.bad : undefined}>
                {[title, dueDay ? `${overdue ? 'was due' : 'due'} ${formatDay(dueDay)}` : null, assignee?.name]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            )}
          </List>
          {brief.renewal ? (
            <Part title="Renewal">
              <p>
                {formatDay(brief.renewal.dueDay)}, {money(brief.renewal.amountMinor)}
                {brief.renewal.forecast
                  ? `; forecast ${humanize(brief.renewal.forecast).toLowerCase()}${brief.renewal.forecastMinor === null ? '' : ` at ${money(brief.renewal.forecastMinor)}`}`
                  : ''}
              </p>
            </Part>
          ) : null}
          <List title="Open deals" rows={brief.deals} most={LINES.deals}>
            {({ name, amount, stage, closeOn }) =>
              [
                name,
                amount ? formatMoney(amount.amountMinor, amount.currency) : null,
                stage,
                closeOn ? `closes ${formatDay(closeOn)}` : null,
              ]
                .filter(Boolean)
                .join(', ')
            }
          </List>
          <List
            title={`Tickets, ${formatNumber(brief.tickets.open)} open`}
            rows={brief.tickets.first}
            most={LINES.tickets}
          >
            {({ subject, priority, openedOn }) =>
              `${subject ?? 'Without a subject'}${priority ? ` (${priority})` : ''}, since ${formatDay(openedOn)}`
            }
          </List>
          <List title="People" rows={brief.contacts} most={LINES.contacts}>
            {({ name, title, role, primary, email }) =>
              [name, title, role ? humanize(role).toLowerCase() : null, primary ? 'primary' : null, email]
                .filter(Boolean)
                .join(', ')
            }
          </List>
        </div>
      </div>
    </article>
  );
}

const inDays = (days: number): string => (days < 0 ? `${plural(-days, 'day')} over` : `in ${plural(days, 'day')}`);

function changeText({ type, from, to }: BriefChange, money: (amount: number | null) => string): string {
  const text = (value: number | string | null): string => {
    if (value === null) return NONE;
    if (typeof value === 'string') return value;
    if (type === 'money') return money(value);
    return type === 'percent' ? formatPercent(value) : formatNumber(value, 1);
  };
  return `${text(from)} → ${text(to)}`;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <h3 className={classes.title}>{title}</h3>
      {children}
    </section>
  );
}

interface ListProps<Row> {
  title: string;
  rows: readonly Row[];
  most: number;
  children: (row: Row) => ReactNode;
}

/** The first few; that there are more is said, for the sheet has an end. */
function List<Row>({ title, rows, most, children }: ListProps<Row>) {
  if (rows.length === 0) return null;
  return (
    <Part title={title}>
      <ul className={classes.list}>
        {rows.slice(0, most).map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sheet is drawn once and its lines never move.
          <li key={index}>{children(row)}</li>
        ))}
        {rows.length > most ? <li className={classes.dim}>and {formatNumber(rows.length - most)} more</li> : null}
      </ul>
    </Part>
  );
}
