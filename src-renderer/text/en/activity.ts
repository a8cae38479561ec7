/** What was done, and when. */
export default {
  title: 'Activity',
  lead: 'What was done in this workspace, the newest first. It is kept, and nobody can change it afterwards.',
  none: 'Nothing was done yet.',
  older: 'Older',
  columns: { at: 'When', what: 'What', study: 'Study' },
};
