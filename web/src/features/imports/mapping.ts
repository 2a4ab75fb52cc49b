//! A mapping as the server keeps it, and how a choice of a person changes it.

export interface MappedColumn {
  column: string;
  field: string;
  [more: string]: unknown;
}

export interface Mapping {
  version: number;
  kind: string;
  columns: MappedColumn[];
  [more: string]: unknown;
}

/** The mapping with one column feeding another field, or none. Other decisions about the column stay only
 * while its field does: how dates are read says nothing about a name. */
export function remapped(mapping: Mapping, column: string, field: string | null): Mapping {
  const others = mapping.columns.filter((one) => one.column !== column);
  return { ...mapping, columns: field === null ? others : [...others, { column, field }] };
}
