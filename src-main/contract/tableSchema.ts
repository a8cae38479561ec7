import { z } from 'zod';
import type { Table } from './table.ts';

/** The schema of a table of such rows. */
export function tableOf<S extends z.ZodRawShape>(row: z.ZodObject<S>): z.ZodType<Table<z.output<z.ZodObject<S>>>> {
  const columns = Object.entries(row.shape).map(([name, value]) => {
    const values = z.array(value as z.ZodType);
    return [name, z.union([values, z.object({ values, at: z.array(z.int().min(0)) })])] as const;
  });
  return z.object(Object.fromEntries(columns)) as unknown as z.ZodType<Table<z.output<z.ZodObject<S>>>>;
}
