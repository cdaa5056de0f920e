import { Collapse, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ExplainedMeasure } from '@steward/shared/health';
import { IconChevronRight } from '@tabler/icons-react';
import { useId } from 'react';
import { fieldOf, humanize, useCatalogue } from '../../lib/catalogue.js';
import { formatNumber, formatPercent } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { formatSignal } from '../../lib/signal-value.js';
import { Evidence } from './evidence.js';
import classes from './why-score.module.css';

interface MeasureRowProps {
  measure: ExplainedMeasure;
  /** The largest share on the list: the bars are drawn against it. */
  widest: number;
}

export function MeasureRow({ measure, widest }: MeasureRowProps) {
  const [opened, { toggle }] = useDisclosure(false);
  const evidenceId = useId();
  const field = fieldOf(useCatalogue(), measure.signal);
  const currency = useCurrency();
  const name = field?.label ?? measure.signal;
  const lost = formatNumber(measure.pointsLost, 2);
  return (
    <>
      <UnstyledButton
        className={classes.row}
        aria-expanded={opened}
        aria-controls={evidenceId}
        title={field?.description || undefined}
        onClick={toggle}
      >
        <span className={classes.name}>
          <IconChevronRight size={14} className={classes.chevron} aria-hidden />
          <span className={classes.nameText}>
            {name} <span className={classes.group}>{humanize(measure.group)}</span>
          </span>
        </span>
        <span className={classes.number}>{formatSignal(measure.value, field?.unit ?? null, currency)}</span>
        <span className={`${classes.number} ${classes.wide}`} title="Normalised from 0 to 100">
          {formatNumber(measure.normalized, 0)}
        </span>
        <span
          className={`${classes.number} ${classes.wide}`}
          title={`${formatPercent(measure.share, 1)} by weight alone`}
        >
          {formatPercent(measure.effectiveShare, 1)}
        </span>
        <span
          className={`${classes.bar} ${classes.wide}`}
          role="img"
          aria-label={`${formatNumber(measure.pointsGiven, 2)} points given, ${lost} lost`}
          title={`${formatNumber(measure.pointsGiven, 2)} given, ${lost} lost`}
        >
          <span className={classes.given} style={{ width: `${(measure.pointsGiven / widest) * 100}%` }} />
          <span className={classes.missing} style={{ width: `${(measure.pointsLost / widest) * 100}%` }} />
        </span>
        <span className={`${classes.number} ${measure.pointsLost >= 0.01 ? classes.lost : classes.dim}`}>
          {measure.pointsLost >= 0.01 ? `−${lost}` : '0'}
        </span>
      </UnstyledButton>
      <Collapse expanded={opened} id={evidenceId}>
        <Evidence evidence={measure.evidence} />
      </Collapse>
    </>
  );
}
