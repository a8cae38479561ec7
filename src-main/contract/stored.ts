import { z } from 'zod';

/**
 * The same schema for what was stored: without ranges, so that what an earlier version allowed is read as it was, and
 * without defaults, so that none of today is taken for what was left out then.
 */
export function asStored<S extends z.ZodType>(schema: S): z.ZodType<z.output<S>, z.output<S>> {
  return loosened(schema) as unknown as z.ZodType<z.output<S>, z.output<S>>;
}

function loosened(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) return inner(schema);
  if (schema instanceof z.ZodOptional) return inner(schema).optional();
  if (schema instanceof z.ZodNullable) return inner(schema).nullable();
  if (schema instanceof z.ZodNumber) return z.number();
  if (schema instanceof z.ZodString) return z.string();
  if (schema instanceof z.ZodArray) return z.array(loosened(schema.element as z.ZodType));
  if (schema instanceof z.ZodObject) return z.object(mapped(schema.shape));
  if (schema instanceof z.ZodDiscriminatedUnion)
    return z.discriminatedUnion(schema.def.discriminator, schema.options.map(each) as never);
  if (schema instanceof z.ZodUnion) return z.union(schema.options.map(each));
  return schema;
}

const each = (schema: unknown): z.ZodType => loosened(schema as z.ZodType);
const inner = (schema: { unwrap(): unknown }): z.ZodType => each(schema.unwrap());
const mapped = (shape: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, each(schema)]));
