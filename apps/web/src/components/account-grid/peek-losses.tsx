import { useQuery } from '@tanstack/react-query';
import { accountExplanationQuery } from '../../lib/account-explanation.js';
import { fieldOf, useCatalogue } from '../../lib/catalogue.js';
import { formatPoints } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import { formatSignal } from '../../lib/signal-value.js';
import classes from './peek-drawer.module.css';

const SHOWN = 5;

/** The measures that cost the most points, and the cap that holds the score down. */
export function PeekLosses({ id, asOf }: { id: string; asOf: string | undefined }) {
  const { data } = useQuery(accountExplanationQuery(id, asOf));
  const catalogue = useCatalogue();
  const currency = useCurrency();
  if (!data) return null;
  const losses = data.measures.filter((measure) => measure.pointsLost > 0).slice(0, SHOWN);
  const decisive = data.limits.find((limit) => limit.decisive);
  return (
    <section aria-label="What costs the most points">
      <h3 className={classes.section}>What costs the most points</h3>
      {decisive ? (
        <div className={classes.loss}>
          <span>
            {decisive.kind === 'cap' ? 'Capped' : 'Held'} at {decisive.at}: {decisive.reason}
          </span>
          <span />
          <span className={classes.lossPoints}>{formatPoints(data.limitPoints)}</span>
        </div>
      ) : null}
      {losses.map((measure) => {
        const field = fieldOf(catalogue, measure.signal);
        return (
          <div key={measure.signal} className={classes.loss}>
            <span>{field?.label ?? measure.signal}</span>
            <span className="tabular">{formatSignal(measure.value, field?.unit ?? null, currency)}</span>
            <span className={classes.lossPoints}>{formatPoints(-measure.pointsLost)}</span>
          </div>
        );
      })}
      {losses.length === 0 && !decisive ? <p className={classes.id}>Nothing costs points.</p> : null}
    </section>
  );
}
