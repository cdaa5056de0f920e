import { BEFORE_STROKE, type MarkShape, type SeriesLook } from './series-look.js';

interface MarkProps {
  shape: MarkShape;
  x: number;
  y: number;
  /** Half of its width. */
  r: number;
  color: string;
}

/** A shape around a point. */
export function Mark({ shape, x, y, r, color }: MarkProps) {
  switch (shape) {
    case 'circle':
      return <circle cx={x} cy={y} r={r} fill={color} />;
    case 'ring':
      return <circle cx={x} cy={y} r={r - 0.7} fill="var(--surface-page)" stroke={color} strokeWidth={1.6} />;
    case 'square':
      return <rect x={x - r * 0.9} y={y - r * 0.9} width={r * 1.8} height={r * 1.8} fill={color} />;
    case 'bar':
      return <rect x={x - r} y={y - r * 0.5} width={r * 2} height={r} fill={color} />;
    case 'diamond':
      return (
        <path
          d={`M${x} ${y - r * 1.2}l${r * 1.2} ${r * 1.2}l${-r * 1.2} ${r * 1.2}l${-r * 1.2} ${-r * 1.2}z`}
          fill={color}
        />
      );
    case 'triangleUp':
      return <path d={`M${x} ${y - r * 1.1}l${r * 1.15} ${r * 2}h${-r * 2.3}z`} fill={color} />;
    case 'triangleDown':
      return <path d={`M${x} ${y + r * 1.1}l${r * 1.15} ${-r * 2}h${-r * 2.3}z`} fill={color} />;
    case 'plus':
      return (
        <path d={`M${x - r} ${y}h${r * 2}M${x} ${y - r}v${r * 2}`} stroke={color} strokeWidth={r * 0.7} fill="none" />
      );
  }
}

/** The key to a series: its shape on a piece of its line. */
export function LegendMark({ look, line = false }: { look: SeriesLook; line?: boolean }) {
  return (
    <svg width={line ? 22 : 12} height={12} aria-hidden focusable="false">
      {line ? (
        <line x1={0} x2={22} y1={6} y2={6} stroke={look.color} strokeWidth={1.6} strokeDasharray={look.dash} />
      ) : null}
      <Mark shape={look.shape} x={line ? 11 : 6} y={6} r={4} color={look.color} />
    </svg>
  );
}

/** The key to the lines of what is compared with, whatever their colour. */
export function BeforeMark() {
  return (
    <svg width={22} height={12} aria-hidden focusable="false">
      <line x1={0} x2={22} y1={6} y2={6} stroke="var(--text)" {...BEFORE_STROKE} />
    </svg>
  );
}
