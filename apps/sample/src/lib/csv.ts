import Papa from "papaparse";

const NAMES = ["identifier", "email", "username", "user", "id"];

/** The identifiers in a pasted list or a CSV file: the column that is named like one, else the first. */
export function identifiersOf(text: string): string[] {
  const { data } = Papa.parse<string[]>(text.trim(), { skipEmptyLines: "greedy" });
  const header = (data[0] ?? []).map((cell) => cell.trim().toLowerCase());
  const column = header.findIndex((cell) => NAMES.includes(cell));
  const isTable = column >= 0 || data.some((row) => row.length > 1 && row.some((cell) => /\s/.test(cell.trim())));
  const cells = isTable ? data.slice(column >= 0 ? 1 : 0).map((row) => row[Math.max(column, 0)] ?? "") : text.split(/[\s,;]+/);
  return [...new Set(cells.map((cell) => cell.trim()).filter(Boolean))];
}

/** Cells that a spreadsheet would run are made harmless. */
export function csvOf(columns: string[], rows: object[]): string {
  return Papa.unparse(rows, { columns, escapeFormulae: true });
}
