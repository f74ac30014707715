/** Figures in sentences. Written out here, for `toLocaleString` depends on the machine. */

/** 12345 → 12,345 */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** 1 → '1 server', 50 → '50 servers'; with a verb in both forms '1 server leaves', '50 servers leave'. */
export function counted(count: number, thing: string, one = '', many = ''): string {
  return count === 1 ? `1 ${thing} ${one}`.trim() : `${grouped(count)} ${thing}s ${many}`.trim();
}

/** 4.872 → '4.9', 0.0123 → '0.012', 48.7 → '49', 12345.6 → '12,346': two digits, more where they stand before the point. */
export function rounded(value: number): string {
  return Math.abs(value) >= 10 ? grouped(Math.round(value)) : String(Number(value.toPrecision(2)));
}

/** 0.04872 → '4.9 %' */
export function percent(share: number): string {
  return `${share > 0.995 && share < 1 ? (100 * share).toFixed(1) : rounded(100 * share)} %`;
}
