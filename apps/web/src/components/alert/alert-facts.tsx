import type { Alert } from '@steward/shared/alerts';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatDay, formatInstant, relativeDay } from '../../lib/days.js';
import { fieldValueText } from '../../lib/field-value.js';
import { formatMoney, formatScore } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import classes from './alert-facts.module.css';
import { originOf, stateText } from './alert-words.js';

const HELD = {
  unknown: 'Held: a value that it rests on is unknown',
  silentSource: 'Held: its source is silent',
} as const;

interface AlertFactsProps {
  alert: Alert;
  /** The account's, of now or of the day. */
  score: number | null;
  /** The alert is told as it stood on that day: of who should act then nothing is kept. */
  asOf?: string | undefined;
}

/** What an alert rests on, and how it stands. */
export function AlertFacts({ alert, score, asOf }: AlertFactsProps) {
  const { today: now, timeZone, currency } = useMe().workspace;
  const today = asOf ?? now;
  const catalogue = useCatalogue();
  const facts: [label: string, value: string | null, title?: string][] = [
    ['State', stateText(alert)],
    [
      'Opened',
      `${formatDay(alert.openedDay)}, ${relativeDay(alert.openedDay, today)}`,
      formatInstant(alert.openedAt, timeZone),
    ],
    ['It said', alert.reasonAtOpen],
    ['From', alert.started === 'start' ? `${originOf(alert)} (true when the rule began)` : originOf(alert)],
    ['For', asOf === undefined ? receiverText(alert) : null],
    ['Due', alert.dueDay ? `${formatDay(alert.dueDay)}, ${relativeDay(alert.dueDay, today)}` : null],
    ['Score', alert.scoreAtOpen === null ? null : scoreText(alert.scoreAtOpen, score, asOf)],
    ['ARR then', alert.arrMinorAtOpen === null ? null : formatMoney(alert.arrMinorAtOpen, currency)],
    ['Clearing', alert.clearSinceDay ? `its condition was gone on ${formatDay(alert.clearSinceDay)}` : null],
    ['', alert.heldReason ? HELD[alert.heldReason] : null],
  ];
  return (
    <>
      {alert.evidence.length === 0 ? null : (
        <section aria-label="What it rests on">
          <h3 className={classes.title}>What it rests on</h3>
          <ul className={classes.evidence}>
            {alert.evidence.map(({ field, label, value, noted }) => {
              const text = (each: typeof value) =>
                fieldValueText(field === null ? null : fieldOf(catalogue, field), each, currency);
              return (
                <li key={`${field} ${label}`}>
                  <span>{label}</span>
                  <span className={`${classes.value} tabular`}>
                    {text(value)}
                    {text(noted) === text(value) ? null : <span className={classes.noted}> was {text(noted)}</span>}
                  </span>
                </li>
              );
            })}
          </ul>
        </section>
      )}
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([label, value, title]) => (
            <div key={label} style={{ display: 'contents' }}>
              <dt>{label}</dt>
              <dd title={title}>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}

function receiverText({ assignee, receiver }: Alert): string {
  if (assignee) return assignee.name;
  return receiver ? `${receiver.name} (by ownership)` : 'nobody';
}

function scoreText(atOpen: number, score: number | null, asOf: string | undefined): string {
  const then = formatScore(atOpen);
  const later = formatScore(score);
  return asOf === undefined
    ? `${then} then, ${later} now`
    : `${then} when it was opened, ${later} on ${formatDay(asOf)}`;
}
