/** Jobs: what the engine does beside training. */
export default {
  title: 'Jobs',
  lead: 'Audits, probes, maps, evaluations, exports and downloads continue when this window is closed. What they gave is kept, but for answers with images of patients in them: the same question on unchanged data is answered with it, and says from when it is.',
  none: 'None yet.',
  took: 'took {time}',
  notKept: 'its answer is not kept',
  showAll: 'Show all {n}',
  showFewer: 'Show fewer',
  cancel: 'Cancel: {title}',
  job: 'the job ‘{title}’',
  status: {
    queued: 'Waiting',
    running: 'Running',
    completed: 'Done',
    failed: 'Failed',
    cancelled: 'Cancelled',
    interrupted: 'Interrupted',
  },
};
