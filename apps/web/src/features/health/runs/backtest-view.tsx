import type { BacktestResult, Verdict } from '@steward/shared/health-studio';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import { BAND_WORDS, BandShape, bandColor } from '../../../components/ui/band.js';
import { Section } from '../../../components/ui/section.js';
import { formatDay } from '../../../lib/days.js';
import { formatNumber, formatPercent, plural } from '../../../lib/format.js';
import parts from '../parts.module.css';
import { MeasureLift } from './measure-lift.js';
import { MonthsChart } from './months-chart.js';
import { RateChart } from './rate-chart.js';
import { basisWords, estimateWords, OUTCOME_DID, rateWords, warningWords } from './run-words.js';
import classes from './runs.module.css';

const MARKS: Record<Verdict, typeof IconCircleCheck> = {
  better: IconCircleCheck,
  no_better: IconCircleX,
  worse: IconCircleX,
  cannot_tell: IconHelpCircle,
};

/** What a backtest found: the answer first, then the figures that it rests on. */
export function BacktestView({ result }: { result: BacktestResult }) {
  const { verdict, warnings, outcome, horizonDays, bands, calibration, months, measures, leftOut, coverage } = result;
  const Mark = MARKS[verdict.kind];
  const did = `${OUTCOME_DID[outcome]} within ${horizonDays} days`;
  const day = months.at(-1)?.day ?? 'history';
  return (
    <>
      <p className={classes.verdict} data-kind={verdict.kind}>
        <Mark size={20} aria-hidden />
        <span>{verdict.sentence}</span>
      </p>
      <p className={parts.text}>{basisWords(result)}</p>
      {warnings.length === 0 ? null : (
        <ul className={classes.warnings} aria-label="How far to trust it">
          {warnings.map((warning) => (
            <li key={warning}>
              <IconAlertTriangle size={14} aria-hidden />
              {warning}
            </li>
          ))}
        </ul>
      )}
      <Figures result={result} />
      <div className={classes.charts}>
        <RateChart
          title={outcome === 'churn' ? 'Churn rate by band' : 'Rate of downgrades by band'}
          means={`Of the observations in a band, those that ${did}. The line is the 95 % interval.`}
          of="Band"
          day={day}
          rows={bands.map((row) => ({
            ...row,
            key: row.band,
            label: BAND_WORDS[row.band],
            mark: <BandShape band={row.band} />,
            color: bandColor(row.band),
          }))}
        />
        <RateChart
          title="Calibration"
          means="The same by score, in tenths of about the same size: the rate should fall from the lowest scores to the highest."
          of="Score"
          day={day}
          rows={calibration.map((row) => ({
            ...row,
            key: `${row.from}`,
            label: `${formatNumber(row.from)} to ${formatNumber(row.to)}`,
            color: 'var(--accent)',
          }))}
        />
        <MonthsChart months={months} />
      </div>
      <Section title="By measure" note="What each one tells alone, the most telling first">
        <MeasureLift measures={measures} did={did} />
      </Section>
      <p className={parts.dim}>
        {coverage === null
          ? 'No measure was connected'
          : `Mean coverage of the observations: ${formatPercent(coverage)}`}
        .{leftOut.length === 0 ? '' : ` Left out: ${leftOutWords(leftOut, horizonDays)}.`}
      </p>
    </>
  );
}

function leftOutWords(leftOut: BacktestResult['leftOut'], horizonDays: number): string {
  return leftOut
    .map(({ day, why }) =>
      why === 'horizon'
        ? `${formatDay(day)} (its ${horizonDays} days are not over)`
        : `${formatDay(day)} (no snapshots)`,
    )
    .join(', ');
}

function Figures({ result }: { result: BacktestResult }) {
  const { auc, aucOncePerAccount, atRisk, warningTime, outcome } = result;
  const figures = [
    {
      term: 'AUC',
      says: estimateWords(auc),
      means: `Chance that an account that ${OUTCOME_DID[outcome]} had the lower score of two; 0.5 is chance, 1 is perfect.${
        aucOncePerAccount === null
          ? ''
          : ` Each account at its first month-end alone: ${formatNumber(aucOncePerAccount, 2)}.`
      }`,
    },
    {
      term: 'Recall at risk',
      says: rateWords(atRisk.recall),
      means: `Of those that ${OUTCOME_DID[outcome]}, the part that was in the at-risk band (${plural(atRisk.caught, 'observation')}).`,
    },
    {
      term: 'Precision at risk',
      says: rateWords(atRisk.precision),
      means: `Of the ${plural(atRisk.flagged, 'observation')} in the at-risk band, the part that ${OUTCOME_DID[outcome]}.`,
    },
    {
      term: 'Warning time',
      says: warningTime.medianDays === null ? 'none' : plural(Math.round(warningTime.medianDays), 'day'),
      means: warningWords(warningTime, outcome),
    },
  ];
  return (
    <dl className={classes.figures}>
      {figures.map(({ term, says, means }) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd className="tabular">{says}</dd>
          <dd className={parts.dim}>{means}</dd>
        </div>
      ))}
    </dl>
  );
}
