/**
 * The six properties that observers say of a data set after a look at some of its images (van den Brandt et al. 2021,
 * section IV-B), as columns of a table are called: natural or medical images, grey or in colour, objects or textures, of
 * which type, how diverse, and how many classes.
 */
export const EXPERT_FEATURES = ['origin', 'colour', 'content', 'type', 'diversity', 'classes'] as const;
export type ExpertFeature = (typeof EXPERT_FEATURES)[number];

/** What is offered as an answer; features that are not here are answered freely. */
export const EXPERT_CHOICES = {
  origin: ['natural', 'medical'],
  colour: ['grey', 'colour'],
  content: ['objects', 'textures'],
  diversity: ['low', 'medium', 'high'],
} as const satisfies Partial<Record<ExpertFeature, readonly string[]>>;
