/** Where networks start from: sources of one's own, and which of them serves a target. */
export default {
  title: 'Sources',
  lead: 'What networks start from: weights that were added, and those that were trained here.',
  sections: { own: 'Sources' },
  own: {
    list: 'Sources of this workspace',
    none: 'There is no source in this workspace yet.',
    columns: { name: 'Name', network: 'Network', added: 'Added' },
  },
};
