import { z } from 'zod';
import { dataEmbedding, type DataEmbedding } from '../../contract/distance.ts';

const FORMAT = 'cutpoint task2vec 1';

/** A file of an embedding: JSON, with its numbers in base64. */
export const embeddingFile = dataEmbedding.extend({
  format: z.literal(FORMAT),
  embeddings: z.array(z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')))).min(1),
});

/** As it is written. */
export function asEmbeddingFile(embedding: DataEmbedding): string {
  const embeddings = embedding.embeddings.map((bytes) => Buffer.from(bytes).toString('base64'));
  return `${JSON.stringify({ format: FORMAT, ...embedding, embeddings }, null, 1)}\n`;
}
