export interface DayCount {
  /** As in 2026-03-05. */
  day: string;
  total: number | null;
  active: number | null;
}

interface TotalRow {
  /** Milliseconds or ISO 8601: PingOne sends either. */
  date: number | string;
  totalIdentities: number;
}

interface ActiveRow {
  startDate: string;
  value?: number;
  count?: number;
}

const dayOf = (date: number | string) => new Date(date).toISOString().slice(0, 10);

/** Joins both counts, oldest day first. */
export function identitiesPerDay(totals: TotalRow[], active: ActiveRow[]): DayCount[] {
  const days = new Map<string, DayCount>();
  const rowOf = (day: string) => {
    const row = days.get(day) ?? { day, total: null, active: null };
    days.set(day, row);
    return row;
  };
  for (const row of totals) rowOf(dayOf(row.date)).total = row.totalIdentities;
  for (const row of active) rowOf(dayOf(row.startDate)).active = row.value ?? row.count ?? null;
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
}
