import type { DealBoard as Board, DealRow, DealStage } from '@steward/shared/deals';
import { useState } from 'react';
import { NO_STAGE, stageId } from '../../components/deal/deal-words.js';
import { formatMoney, formatMoneyCompact, formatNumber, formatPercent, plural } from '../../lib/format.js';
import { useCurrency } from '../../lib/me.js';
import classes from './deal-board.module.css';
import { DealCard } from './deal-card.js';

interface DealBoardProps {
  board: Board;
  stages: readonly DealStage[];
  openId: string | null;
  mayMove: boolean;
  onOpen: (deal: DealRow) => void;
  onMove: (deal: DealRow, to: DealStage) => void;
  onMore: (stage: string) => void;
}

/** Open deals by stage. A card is moved by dragging, by its menu, or with Shift and an arrow key. */
export function DealBoard({ board, stages, openId, mayMove, onOpen, onMove, onMore }: DealBoardProps) {
  const [dragged, setDragged] = useState<DealRow | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const drop = (stage: DealStage | undefined) => {
    if (dragged && stage && stageId(dragged.stage) !== stage.key) onMove(dragged, stage);
    setDragged(null);
    setOver(null);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard
    <section className={classes.board} tabIndex={0} aria-label="Open deals by stage">
      {board.columns.map((column) => {
        const id = stageId(column.stage);
        const stage = stages.find(({ key }) => key === column.stage?.key);
        const label = column.stage?.label ?? NO_STAGE;
        return (
          <section
            key={id}
            className={classes.column}
            aria-label={`${label}: ${plural(column.deals, 'deal')}`}
            data-over={over === id && stage ? true : undefined}
            onDragOver={(event) => {
              if (!dragged || !stage) return;
              event.preventDefault();
              setOver(id);
            }}
            onDragLeave={() => setOver((now) => (now === id ? null : now))}
            onDrop={(event) => {
              event.preventDefault();
              drop(stage);
            }}
          >
            <ColumnHead column={column} label={label} />
            <ul className={classes.cards} aria-label={`Deals in ${label}`}>
              {column.cards.map((deal) => (
                <DealCard
                  key={`${deal.accountId} ${deal.id}`}
                  deal={deal}
                  stages={stages}
                  isOpen={deal.id === openId}
                  mayMove={mayMove}
                  onOpen={() => onOpen(deal)}
                  onMove={(to) => onMove(deal, to)}
                  onDrag={setDragged}
                />
              ))}
            </ul>
            {column.deals > column.cards.length ? (
              <button type="button" className={classes.more} onClick={() => onMore(id)}>
                {plural(column.deals - column.cards.length, 'more deal')}
              </button>
            ) : null}
          </section>
        );
      })}
    </section>
  );
}

function ColumnHead({ column, label }: { column: Board['columns'][number]; label: string }) {
  const currency = useCurrency();
  const { amountMinor, weightedMinor, withoutAmount, probability } = column;
  return (
    <div className={classes.columnHead}>
      <div className={classes.columnTitle}>
        <h2 className={classes.columnName}>{label}</h2>
        <span className={`${classes.dim} tabular`}>{formatNumber(column.deals)}</span>
        {probability === null ? null : (
          <span
            className={`${classes.dim} ${classes.right} tabular`}
            title="Probability of deals that have none of their own"
          >
            {formatPercent(probability)}
          </span>
        )}
      </div>
      <div className={`${classes.dim} tabular`}>
        {amountMinor === null ? (
          'no amounts'
        ) : (
          <>
            <strong title={formatMoney(amountMinor, currency)}>{formatMoneyCompact(amountMinor, currency)}</strong>
            {weightedMinor === null ? null : (
              <span title={formatMoney(weightedMinor, currency)}>
                {' '}
                · {formatMoneyCompact(weightedMinor, currency)} weighted
              </span>
            )}
          </>
        )}
        {withoutAmount > 0 && amountMinor !== null ? (
          <span title="Without an amount, or without a rate for it: they are in no sum">
            {' '}
            · {withoutAmount} not counted
          </span>
        ) : null}
      </div>
    </div>
  );
}
