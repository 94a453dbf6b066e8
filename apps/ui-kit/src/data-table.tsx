/** A table of rows of one kind, with a caption for everybody and a line where there is nothing. It sorts and pages nothing. */
import type { ReactNode } from 'react';
import { ScrollArea, Table, Text } from '@mantine/core';

export interface Column<Row> {
  header: string;
  cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Said in place of the table where there are no rows. */
  empty: string;
}

export function DataTable<Row>({ caption, columns, rows, rowKey, empty }: DataTableProps<Row>) {
  if (rows.length === 0) return <Text c="dimmed">{empty}</Text>;
  return (
    <ScrollArea type="auto" tabIndex={0} role="region" aria-label={caption}>
      <Table verticalSpacing="xs" highlightOnHover captionSide="top" miw={560}>
        <Table.Caption ta="left" mt={0} mb="xs">
          {caption}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            {columns.map(({ header }) => (
              <Table.Th key={header} scope="col">
                {header}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={rowKey(row)}>
              {columns.map(({ header, cell }) => (
                <Table.Td key={header}>{cell(row)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  );
}
