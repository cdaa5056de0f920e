/** What a mail of a report shows: a few lines of a page, and where the page is. */
export interface MailedTable {
  headers: string[];
  rows: string[][];
  /** All of it in a sentence. */
  summary: string;
  /** How many lines the page has that the mail leaves out. */
  more: number;
  /** Of the page, from the server's address on. */
  path: string;
}

export interface ReportMailOf {
  name: string;
  /** As people read it. */
  day: string;
  /** Whoever set it up. */
  from: string;
  table: MailedTable;
}

const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ');
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const CELL = 'padding:4px 10px;border-bottom:1px solid #ddd;text-align:';

/** The mail as text and as HTML that says the same; nothing is loaded from anywhere. */
export function reportMail(
  { name, day, from, table }: ReportMailOf,
  { publicUrl }: { publicUrl: string },
): { subject: string; text: string; html: string } {
  const { headers, rows, summary, more, path } = table;
  const url = `${publicUrl}${path}`;
  const settings = `${publicUrl}/settings/reports`;
  const why = `${oneLine(from)} set this report up for you. Change it, or get it no more:`;
  const left = more > 0 ? `and ${more} more` : '';
  const row = (cells: readonly string[], tag: 'th' | 'td') =>
    `<tr>${cells
      .map(
        (cell, index) =>
          `<${tag} style="${CELL}${index === 0 ? 'left' : 'right'}">${escapeHtml(oneLine(cell))}</${tag}>`,
      )
      .join('')}</tr>`;
  return {
    subject: oneLine(`${name}, ${day}`).slice(0, 200),
    text: [
      ...[oneLine(name), `As of ${day}, within what you may see. ${summary}`, '', ...textTable(headers, rows)],
      ...[...(left === '' ? [] : [left]), '', url, '', '--', `${why} ${settings}`, ''],
    ].join('\n'),
    html: [
      `<h2 style="font-family:sans-serif">${escapeHtml(oneLine(name))}</h2>`,
      `<p style="font-family:sans-serif">As of ${escapeHtml(day)}, within what you may see. ${escapeHtml(summary)}</p>`,
      '<table style="border-collapse:collapse;font-family:sans-serif;font-size:14px">',
      `<thead>${row(headers, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`,
      left === '' ? '' : `<p style="font-family:sans-serif">${left}</p>`,
      `<p style="font-family:sans-serif"><a href="${escapeHtml(url)}">Open it in Steward</a></p>`,
      `<p style="font-family:sans-serif"><small>${escapeHtml(why)} <a href="${escapeHtml(settings)}">Reports by mail</a></small></p>`,
      '',
    ].join('\n'),
  };
}

/** Columns of equal width; the first is text, the others are figures. */
function textTable(headers: readonly string[], rows: readonly string[][]): string[] {
  const lines = [headers, ...rows].map((cells) => cells.map(oneLine));
  const widths = headers.map((_, index) => Math.max(...lines.map((cells) => (cells[index] ?? '').length)));
  return lines.map((cells) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
