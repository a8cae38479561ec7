/** What was done, and when. */
export default {
  title: 'Activity',
  lead: 'What was done in this workspace, the newest first. It is kept, and nobody can change it afterwards.',
  none: 'Nothing was done yet.',
  older: 'Older',
  purposes: {
    figures: 'For its figures.',
    report: 'For a report.',
    card: 'For the model card of an export.',
    source: 'For the source that was pretrained on it.',
    again: 'Continued after its test, and tested once more.',
  },
  reason: 'Reason: {reason}',
  columns: { at: 'When', what: 'What', study: 'Study' },
};
