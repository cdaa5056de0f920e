import { ActionIcon, Menu } from '@mantine/core';
import type { DealRow, DealStage } from '@steward/shared/deals';
import { IconArrowsExchange } from '@tabler/icons-react';
import { DealAmount } from '../../components/deal/deal-amount.js';
import { DEAL_KIND_WORDS, probabilityWords, stageId } from '../../components/deal/deal-words.js';
import { formatDay, relativeDay } from '../../lib/days.js';
import { useMe } from '../../lib/me.js';
import classes from './deal-board.module.css';

interface DealCardProps {
  deal: DealRow;
  stages: readonly DealStage[];
  isOpen: boolean;
  mayMove: boolean;
  onOpen: () => void;
  onMove: (to: DealStage) => void;
  onDrag: (deal: DealRow | null) => void;
}

export function DealCard({ deal, stages, isOpen, mayMove, onOpen, onMove, onDrag }: DealCardProps) {
  const { today } = useMe().workspace;
  const place = stages.findIndex(({ key }) => key === stageId(deal.stage));
  const step = (by: -1 | 1) => {
    const next = place < 0 ? stages[0] : stages[place + by];
    if (next) onMove(next);
  };
  const probability = probabilityWords(deal);
  return (
    <li
      className={classes.card}
      data-open={isOpen || undefined}
      draggable={mayMove}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', deal.name);
        onDrag(deal);
      }}
      onDragEnd={() => onDrag(null)}
      onKeyDown={(event) => {
        if (!mayMove || !event.shiftKey || (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft')) return;
        event.preventDefault();
        step(event.key === 'ArrowRight' ? 1 : -1);
      }}
    >
      <button
        type="button"
        className={classes.cardName}
        aria-keyshortcuts={mayMove ? 'Shift+ArrowLeft Shift+ArrowRight' : undefined}
        onClick={onOpen}
      >
        {deal.name}
      </button>
      {mayMove ? (
        <Menu position="bottom-end" shadow="md" withinPortal>
          <Menu.Target>
            <ActionIcon size={24} className={classes.move} aria-label={`Move ${deal.name}`}>
              <IconArrowsExchange size={14} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Label>Move to (Shift and ← or →)</Menu.Label>
            {stages.map((stage, index) => (
              <Menu.Item key={stage.key} disabled={index === place} onClick={() => onMove(stage)}>
                {stage.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <div className={classes.cardAccount}>{deal.account.name}</div>
      <div className={classes.cardLine}>
        <DealAmount deal={deal} />
        <span className={`${classes.dim} tabular`} title={probability.from}>
          {probability.text}
        </span>
      </div>
      <div className={classes.cardLine}>
        <span className={classes.dim}>
          {DEAL_KIND_WORDS[deal.kind]}
          {deal.owner ? ` · ${deal.owner.name}` : ''}
        </span>
        {deal.closeOn ? (
          <span className={`${deal.overdue ? classes.late : classes.dim} tabular`} title={formatDay(deal.closeOn)}>
            {deal.overdue ? 'overdue, ' : ''}
            {relativeDay(deal.closeOn, today)}
          </span>
        ) : (
          <span className={classes.dim}>no close date</span>
        )}
      </div>
      {deal.goal ? <div className={`${classes.dim} ${classes.cut}`}>For {deal.goal.name}</div> : null}
    </li>
  );
}
