import { Skeleton } from '@mantine/core';
import type { AccountDetail } from '@steward/shared/accounts';
import type {
  AccountExplanation,
  ExplainedLimit,
  ExplainedMeasure,
  LeftOutLimit,
  ScoreExplanation,
} from '@steward/shared/health';
import { nullReasonTexts } from '@steward/shared/signals';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EmptyState } from '../../components/ui/empty-state.js';
import { LoadFailed } from '../../components/ui/load-failed.js';
import { Section } from '../../components/ui/section.js';
import { accountExplanationQuery } from '../../lib/account-explanation.js';
import { ApiError } from '../../lib/api.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatNumber, formatPercent, formatPoints, formatScore } from '../../lib/format.js';
import { useMe } from '../../lib/me.js';
import { MeasureRow } from './measure-row.js';
import { notScoredText, refusedScoreText } from './not-scored.js';
import classes from './why-score.module.css';

interface WhyScoreProps {
  account: AccountDetail;
  asOf: string | undefined;
}

/** Every measure with its value, what it gave and what it cost; caps; what has no data and where its weight went. */
export function WhyScore({ account, asOf }: WhyScoreProps) {
  const notScored = notScoredText(account, asOf !== undefined);
  const { data, error, refetch } = useQuery({
    ...accountExplanationQuery(account.id, asOf),
    enabled: notScored === null,
  });
  const isRefused = error instanceof ApiError && error.status === 422;
  if (notScored !== null || isRefused) {
    return (
      <Section title="Why this score">
        <EmptyState title="No score on this day" text={notScored ?? refusedScoreText(account, asOf !== undefined)} />
      </Section>
    );
  }
  if (error) {
    return (
      <Section title="Why this score">
        <LoadFailed title="The reasons could not be loaded" error={error} onRetry={refetch} />
      </Section>
    );
  }
  if (!data) {
    return (
      <Section title="Why this score">
        <Skeleton h={400} />
      </Section>
    );
  }
  return <Explained explanation={data} accountId={account.id} />;
}

function Explained({ explanation, accountId }: { explanation: AccountExplanation; accountId: string }) {
  const catalogue = useCatalogue();
  const counted = explanation.measures.filter((measure) => measure.value !== null && measure.effectiveShare > 0);
  const widest = Math.max(1, ...counted.map((measure) => measure.effectiveShare));
  const label = (signal: string) => fieldOf(catalogue, signal)?.label ?? signal;
  const withoutData = explanation.measures.filter((measure) => measure.value === null && measure.connected);
  const notConnected = explanation.measures.filter((measure) => !measure.connected);
  const weightless = explanation.measures.filter((measure) => measure.value !== null && measure.effectiveShare === 0);

  return (
    <Section title="Why this score" note={<Coverage explanation={explanation} />}>
      <p className={classes.lead}>
        {sentence(explanation)} <ScoredBy profile={explanation.profile} accountId={accountId} />
      </p>
      {explanation.limits.length + explanation.leftOut.length === 0 ? null : (
        <div className={classes.limits}>
          {explanation.limits.map((limit) => (
            <Limit key={limit.key} limit={limit} explanation={explanation} />
          ))}
          {explanation.leftOut.map((limit) => (
            <LimitLeftOut key={limit.key} limit={limit} />
          ))}
        </div>
      )}
      {counted.length === 0 ? null : (
        <div className={classes.table}>
          <div className={`${classes.row} ${classes.head}`} aria-hidden>
            <span style={{ paddingLeft: 20 }}>Measure</span>
            <span className={classes.number}>Value</span>
            <span className={`${classes.number} ${classes.wide}`}>of 100</span>
            <span className={`${classes.number} ${classes.wide}`}>Share</span>
            <span className={classes.wide}>Points given and lost</span>
            <span className={classes.number}>Lost</span>
          </div>
          {counted.map((measure) => (
            <MeasureRow key={measure.signal} measure={measure} widest={widest} />
          ))}
        </div>
      )}
      <ul className={classes.nulls}>
        {withoutData.map((measure) => (
          <li key={measure.signal}>
            <strong>{label(measure.signal)}</strong>:{' '}
            {measure.nullReason ? nullReasonTexts[measure.nullReason] : 'no data'}. {whereTo(measure)}
          </li>
        ))}
        {weightless.length === 0 ? null : (
          <li>Shown but not counted (weight 0): {weightless.map((measure) => label(measure.signal)).join(', ')}</li>
        )}
        {notConnected.length === 0 ? null : (
          <li>
            Not connected in this workspace, left out for every account:{' '}
            {notConnected.map((measure) => label(measure.signal)).join(', ')}
          </li>
        )}
      </ul>
    </Section>
  );
}

/** By which profile, with the way to it: there the account stands beside a draft. */
function ScoredBy({ profile, accountId }: { profile: AccountExplanation['profile']; accountId: string }) {
  const { permissions } = useMe();
  if (profile === null) return 'Scored by a profile that was deleted since.';
  const { id, name, version } = profile;
  return (
    <>
      Scored by the profile{' '}
      <Link
        to="/health/$profileId"
        params={{ profileId: id }}
        search={permissions.includes('model:write') ? { account: accountId } : {}}
      >
        {name}
      </Link>
      , version {version}.
    </>
  );
}

function Coverage({ explanation }: { explanation: ScoreExplanation }) {
  const { coverage, minCoverage, measures } = explanation;
  const counted = measures.filter(({ connected, share }) => connected && share > 0);
  const known = counted.filter(({ value }) => value !== null);
  return (
    <>
      {known.length} of {counted.length} connected measures have data · coverage{' '}
      <span title={`Below ${minCoverage} % the score is unknown`}>{formatPercent(coverage)}</span>
    </>
  );
}

function sentence({ score, beforeLimits, coverage, minCoverage, limits }: ScoreExplanation): string {
  if (score === null) {
    const known =
      coverage === null ? 'No measure has data' : `Only ${formatPercent(coverage)} of the score is covered by data`;
    return `${known}; under ${minCoverage} % no score is given, so that missing data is never read as good or bad news.`;
  }
  const decisive = limits.find((limit) => limit.decisive);
  if (decisive && beforeLimits !== null) {
    const word = decisive.kind === 'cap' ? 'capped' : 'lifted';
    return `The measures give ${formatScore(beforeLimits)}, ${word} at ${formatNumber(decisive.at)}: ${decisive.reason}.`;
  }
  return `The measures give ${formatNumber(score, 2)} of 100 points; sorted by what each one costs.`;
}

/** What a cap or floor does, or why it does nothing beside the others. */
function effectOf({ kind, decisive }: ExplainedLimit, { score, limits, limitPoints }: ScoreExplanation): string {
  if (decisive) return `${formatPoints(limitPoints)} points`;
  if (score === null) return 'no score to move';
  if (limits.some((other) => other.decisive)) return 'also holds; the other one decides';
  return `also holds; the score is ${kind === 'cap' ? 'under' : 'over'} it anyway`;
}

function Limit({ limit, explanation }: { limit: ExplainedLimit; explanation: ScoreExplanation }) {
  return (
    <div className={limit.decisive ? classes.limit : `${classes.limit} ${classes.limitQuiet}`}>
      <strong>
        {limit.kind === 'cap' ? 'Cap' : 'Floor'} at {formatNumber(limit.at)}
      </strong>
      <span>{limit.reason}</span>
      <span className={classes.dim} style={{ marginLeft: 'auto' }}>
        {effectOf(limit, explanation)}
      </span>
    </div>
  );
}

function LimitLeftOut({ limit: { kind, at, reason, quietPeriod } }: { limit: LeftOutLimit }) {
  return (
    <div className={`${classes.limit} ${classes.limitQuiet}`}>
      <strong>
        {kind === 'cap' ? 'Cap' : 'Floor'} at {formatNumber(at)}
      </strong>
      <span>{reason}</span>
      <span className={classes.dim} style={{ marginLeft: 'auto' }}>
        left out: {quietPeriod ?? 'a quiet period'}
      </span>
    </div>
  );
}

function whereTo({ weightWentTo, share }: ExplainedMeasure): string {
  const weight = `Its ${formatPercent(share, 1)}`;
  if (weightWentTo === 'group') return `${weight} went to the rest of its group.`;
  return weightWentTo === 'other_groups' ? `${weight} went to the other groups.` : `${weight} went nowhere.`;
}
